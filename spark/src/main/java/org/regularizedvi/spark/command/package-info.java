/** One class per command of the program for spark-submit. */
package org.regularizedvi.spark.command;
