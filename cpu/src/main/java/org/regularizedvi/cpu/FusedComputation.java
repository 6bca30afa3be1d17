package org.regularizedvi.cpu;

import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.cpu.fused.FusedEvaluator;
import org.regularizedvi.cpu.fused.FusedStep;
import org.regularizedvi.cpu.fused.SparseEncoders;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.reference.NetworkComputation;
import org.regularizedvi.reference.net.Network;

/** Computes a model from the nonzeros of the counts and in tiles of genes. */
public final class FusedComputation extends NetworkComputation {
  FusedComputation(Network network) {
    super(network);
  }

  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    return new FusedStep(network(), plan);
  }

  @Override
  public CellEncoder encoder() {
    return new SparseEncoders(network(), Processor.threads());
  }

  @Override
  public Evaluator evaluator() {
    return new FusedEvaluator(network(), Processor.threads());
  }
}
