package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.cpu.objective.CellTerms;
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
    double reconstruction = 0;
    double klZ = 0;
    double klL = 0;
    int cells = 0;
    LatentUseSums latent = new LatentUseSums();
    double[] modalities = new double[0];
    for (Minibatch minibatch : minibatches) {
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        CounterNoise noise = new CounterNoise(random, CounterNoise.EVALUATION, minibatch.cells());
        Elbo.Pass pass = elboOf.apply(minibatch).pass(minibatch, noise, false);
        CellTerms terms = pass.terms();
        latent.add(pass);
        modalities = Arrays.copyOf(modalities, pass.reconstructionN().size());
        for (int m = 0; m < modalities.length; m++) {
          modalities[m] += pass.reconstructionN().get(m).sum().item_double();
        }
        looker.accept(minibatch, pass);
        reconstruction += terms.reconstruction().sum().item_double();
        klZ += terms.klZ().sum().item_double();
        klL += terms.klL().sum().item_double();
        cells += minibatch.size();
      }
    }
    int all = cells;
    return new Evaluation(
        (reconstruction + klZ + klL) / cells,
        reconstruction / cells,
        klZ / cells,
        klL / cells,
        cells,
        latent.result(),
        Arrays.stream(modalities).map(sum -> sum / all).toArray());
  }
}
