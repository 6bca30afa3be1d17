/** Cells as models are asked about them: some thousand at a time, out of files or out of tables. */
package org.regularizedvi.spark.input;
