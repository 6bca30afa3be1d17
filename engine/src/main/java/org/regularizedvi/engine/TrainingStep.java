package org.regularizedvi.engine;

import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;

/**
 * Trains a model's parameters, one minibatch at a time. It may hold copies of them until {@link
 * #store}: as an evaluator it passes over cells at its weights as they are now, and gives rates at
 * the stored parameters.
 */
public interface TrainingStep extends Evaluator {
  /** {@return what its steps have in common} */
  StepPlan plan();

  /**
   * Updates all trained parameters once.
   *
   * @param minibatch this worker's share of the step's cells
   * @param noise all draws of the step
   * @param klWeight of the terms that are warmed up
   * @return the loss before the update, of all workers' cells; where it is not finite, or a
   *     gradient is not, the parameters are not either
   */
  StepLosses run(Minibatch minibatch, Noise noise, double klWeight);

  /** Brings the stored parameters up to date. */
  void store();

  /**
   * Sets the learning rate of the steps to come.
   *
   * @param lr before a parameter's own multiplier, positive
   */
  void setLr(double lr);

  /** {@return the optimiser's memory, alive as long as this is} */
  OptimiserState optimiser();

  @Override
  void close();
}
