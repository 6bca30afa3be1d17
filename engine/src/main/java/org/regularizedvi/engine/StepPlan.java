package org.regularizedvi.engine;

import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;

/**
 * Holds what the steps of a training have in common.
 *
 * @param trainingCells number of cells that are trained on, which the terms that all cells share
 *     are divided by
 * @param optimiser learning rate and the other options of Adam
 * @param precision of the products' operands, float32 or bfloat16 as {@link Engine#resolve} says;
 *     sums, the likelihood and the stored parameters are float32 always
 * @param threads to compute with; no result depends on it
 * @param peers the workers that this one computes each step with; no result depends on their number
 */
public record StepPlan(
    int trainingCells, OptimiserConfig optimiser, Precision precision, int threads, Peers peers) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there is no cell or no thread, or the precision is yet to
   *     be resolved
   */
  public StepPlan {
    if (trainingCells < 1 || precision == Precision.AUTO || threads < 1) {
      throw new IllegalArgumentException(
          "A training of %d cells in %s with %d threads"
              .formatted(trainingCells, precision, threads));
    }
  }

  /**
   * {@return the plan of a worker that is alone}
   *
   * @param trainingCells number of cells that are trained on, at least 1
   * @param optimiser learning rate and the other options of Adam
   * @param precision of the products' operands, float32 or bfloat16
   * @param threads to compute with, at least 1
   */
  public static StepPlan alone(
      int trainingCells, OptimiserConfig optimiser, Precision precision, int threads) {
    return new StepPlan(trainingCells, optimiser, precision, threads, Peers.none());
  }
}
