package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.cpu.objective.Elbo;
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
   * @param elboOf the pass over a minibatch
   * @param looker is shown every pass
   */
  public static Evaluation of(
      Function<Minibatch, Elbo> elboOf,
      Iterable<Minibatch> minibatches,
      CounterRandom random,
      BiConsumer<Minibatch, Elbo.Pass> looker) {
    CellLoss sums = CellLoss.none();
    int cells = 0;
    LatentUseSums latent = new LatentUseSums();
    double[] modalities = new double[0];
    for (Minibatch minibatch : minibatches) {
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        CounterNoise noise = new CounterNoise(random, CounterNoise.EVALUATION, minibatch.cells());
        Elbo.Pass pass = elboOf.apply(minibatch).pass(minibatch, noise, false);
        latent.add(pass);
        modalities = Arrays.copyOf(modalities, pass.reconstructionN().size());
        for (int m = 0; m < modalities.length; m++) {
          modalities[m] += pass.reconstructionN().get(m).sum().item_double();
        }
        looker.accept(minibatch, pass);
        sums = sums.plus(pass.terms().sums());
        cells += minibatch.size();
      }
    }
    int all = cells;
    return new Evaluation(
        sums, cells, latent.result(), Arrays.stream(modalities).map(sum -> sum / all).toArray());
  }
}
