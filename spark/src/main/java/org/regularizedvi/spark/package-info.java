/**
 * Asks a trained model about more cells than one machine has time for, on a cluster that runs
 * Spark: as a program for {@code spark-submit}, and as transformers of Spark's machine-learning
 * library.
 */
package org.regularizedvi.spark;
