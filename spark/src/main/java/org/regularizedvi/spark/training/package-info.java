/**
 * Trains a model with many processes: one barrier stage whose tasks are the workers, begun anew
 * from the last checkpoint when an executor is lost.
 */
package org.regularizedvi.spark.training;
