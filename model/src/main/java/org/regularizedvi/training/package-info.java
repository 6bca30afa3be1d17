/**
 * Trains a model: picks the cells of each step, runs the loop over epochs, and decides when it
 * ends.
 */
package org.regularizedvi.training;
