package org.regularizedvi.cpu.inference;

import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;

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
