package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells how well a model explains cells: the evidence lower bound term by term, with one draw of z
 * and l per cell, theta at exp(px_r_mu) and divergences at full weight.
 */
public final class EvidenceLowerBound {
  private EvidenceLowerBound() {}

  /**
   * {@return the terms of all cells of the minibatches, sums in nats, and the use of the latent
   * dimensions}
   *
   * @param evaluator of the model
   * @param minibatches the cells, a piece at a time
   * @param random of the draws
   * @param looker is shown every pass, which is closed when it returns
   */
  public static Evaluation of(
      Evaluator evaluator,
      Iterable<Minibatch> minibatches,
      CounterRandom random,
      BiConsumer<Minibatch, EvaluationPass> looker) {
    CellLoss sums = CellLoss.none();
    int cells = 0;
    LatentUseSums latent = new LatentUseSums();
    double[] modalities = new double[0];
    for (Minibatch minibatch : minibatches) {
      CounterNoise noise = new CounterNoise(random, CounterNoise.EVALUATION, minibatch.cells());
      try (EvaluationPass pass = evaluator.pass(minibatch, noise)) {
        latent.add(pass.latentDivergence(), minibatch.size());
        double[] own = pass.reconstructionOf();
        modalities = Arrays.copyOf(modalities, own.length);
        for (int m = 0; m < own.length; m++) {
          modalities[m] += own[m];
        }
        looker.accept(minibatch, pass);
        sums = sums.plus(pass.sums());
        cells += minibatch.size();
      }
    }
    int all = cells;
    return new Evaluation(
        sums, cells, latent.result(), Arrays.stream(modalities).map(sum -> sum / all).toArray());
  }
}
