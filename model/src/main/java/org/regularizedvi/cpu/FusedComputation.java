package org.regularizedvi.cpu;

import org.regularizedvi.cpu.fused.FusedStep;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;

/** A model computed from the nonzeros and in tiles. */
public final class FusedComputation implements Computation {
  private final Network network;

  FusedComputation(Network network) {
    this.network = network;
  }

  /** The networks that it computes with. */
  public Network network() {
    return network;
  }

  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    return new FusedStep(network, plan);
  }

  @Override
  public void close() {
    network.close();
  }
}
