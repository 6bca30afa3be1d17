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
 * How well does the model explain these cells? One draw of z and l a cell, theta at exp(px_r_mu),
 * KL terms at full weight.
 */
public final class ElboOfCells {
  private ElboOfCells() {}

  /**
   * Returns means over all cells of the minibatches.
   *
   * @param looker is shown every pass
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
