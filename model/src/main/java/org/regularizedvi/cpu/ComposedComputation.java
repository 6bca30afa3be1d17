package org.regularizedvi.cpu;

import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.step.ComposedStep;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;

/** A model computed by libtorch's operations alone, everything dense. */
public final class ComposedComputation implements Computation {
  private final Network network;

  ComposedComputation(Network network) {
    this.network = network;
  }

  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    return new ComposedStep(network, plan);
  }

  @Override
  public void close() {
    network.close();
  }
}
