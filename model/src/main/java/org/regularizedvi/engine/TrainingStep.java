package org.regularizedvi.engine;

import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.objective.Elbo;

/** One update of all parameters from one minibatch. */
public interface TrainingStep extends AutoCloseable {
  StepLosses run(Minibatch minibatch, Noise noise, double klWeight);

  /** The pass over a minibatch without gradients, at the weights as they are now. */
  Elbo evaluation(Minibatch minibatch);

  /** Brings the stored parameters up to date. */
  void store();

  /** The learning rate of the steps to come. */
  void setLr(double lr);

  /** The optimiser's memory, alive as long as this is. */
  OptimiserState optimiser();

  @Override
  void close();
}
