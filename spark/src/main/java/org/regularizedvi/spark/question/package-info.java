/** What a model is asked about cells, wherever these come from, and how answers become columns. */
package org.regularizedvi.spark.question;
