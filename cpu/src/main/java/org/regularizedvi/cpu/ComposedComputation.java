package org.regularizedvi.cpu;

import org.regularizedvi.cpu.inference.ComposedEncoder;
import org.regularizedvi.cpu.inference.ComposedEvaluator;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.cpu.step.ComposedStep;
import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;

/** Computes a model by libtorch's operations alone, everything dense. */
public final class ComposedComputation extends NetworkComputation {
  ComposedComputation(Network network) {
    super(network);
  }

  @Override
  public TrainingStep trainingStep(StepPlan plan) {
    return new ComposedStep(network(), plan);
  }

  @Override
  public CellEncoder encoder() {
    return new ComposedEncoder(Elbo.composed(network()));
  }

  @Override
  public Evaluator evaluator() {
    return new ComposedEvaluator(Elbo.composed(network()));
  }
}
