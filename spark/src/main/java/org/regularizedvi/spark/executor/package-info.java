/**
 * What runs in the processes that Spark starts: models and files held open, pieces of cells asked
 * about.
 */
package org.regularizedvi.spark.executor;
