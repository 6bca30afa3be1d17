package org.regularizedvi.cpu;

import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.fused.FusedStep;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.objective.Objective;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.ElementType;

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
    boolean bfloat16 = Processor.resolve(plan.precision()) == Precision.BFLOAT16;
    return new FusedStep(
        network,
        new Objective(plan.trainingCells()),
        plan.optimiser(),
        bfloat16 ? ElementType.BFLOAT16 : ElementType.FLOAT32,
        plan.threads());
  }

  @Override
  public void close() {
    network.close();
  }
}
