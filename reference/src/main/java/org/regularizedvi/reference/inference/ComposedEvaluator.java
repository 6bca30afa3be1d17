package org.regularizedvi.reference.inference;

import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.reference.objective.Elbo;

/**
 * Passes over cells without gradients with libtorch's operations, over dense copies of the counts.
 *
 * @param elbo the pass that is evaluated
 */
public record ComposedEvaluator(Elbo elbo) implements Evaluator {
  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    return NetworkPass.of(elbo, minibatch, noise);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return NetworkPass.rates(elbo.network(), minibatch, noise);
  }

  @Override
  public void close() {}
}
