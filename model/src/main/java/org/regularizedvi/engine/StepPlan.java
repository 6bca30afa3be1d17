package org.regularizedvi.engine;

import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;

/**
 * What the steps of a training have in common.
 *
 * @param trainingCells number of cells that are trained on, which the terms that all cells share
 *     are divided by
 * @param precision of the products' operands; sums, the likelihood and the stored parameters are
 *     float32 always
 * @param threads to compute with; no result depends on it
 */
public record StepPlan(
    int trainingCells, OptimiserConfig optimiser, Precision precision, int threads) {
  public StepPlan {
    if (trainingCells < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "A training of %d cells with %d threads".formatted(trainingCells, threads));
    }
  }
}
