package org.regularizedvi.model.train;

import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Noise;

/** One update of all parameters from one minibatch. */
public interface TrainingStep extends AutoCloseable {
  StepLosses run(Minibatch minibatch, Noise noise, double klWeight);

  /** The learning rate of the steps to come. */
  void setLr(double lr);

  double lr();

  @Override
  void close();
}
