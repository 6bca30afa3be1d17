package org.regularizedvi.reference;

import org.regularizedvi.engine.CellEncoder;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.reference.inference.ComposedEncoder;
import org.regularizedvi.reference.inference.ComposedEvaluator;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.step.ComposedStep;

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
