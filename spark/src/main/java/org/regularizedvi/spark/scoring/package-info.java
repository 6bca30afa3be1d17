/**
 * What the driver does: it checks a question and its cells, plans the work, and hands it to Spark.
 */
package org.regularizedvi.spark.scoring;
