package org.regularizedvi.engine;

/**
 * A model that an engine has opened: what can be computed of it, at its parameters as they are. It
 * holds memory of its own until it is closed, before the parameters are.
 */
public interface Computation extends AutoCloseable {
  /** Makes the step that trains the parameters; one at a time, closed before the computation is. */
  TrainingStep trainingStep(StepPlan plan);

  @Override
  void close();
}
