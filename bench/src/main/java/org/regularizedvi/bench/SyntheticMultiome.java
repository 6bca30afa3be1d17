package org.regularizedvi.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Model;
import org.regularizedvi.reference.net.Network;

/**
 * Makes a minibatch of genes, as {@link SyntheticCells} has them, and of peaks, of which 3 % are
 * not zero and of these 90 % are 1; and a network for them. Cells may lack the peaks.
 */
final class SyntheticMultiome {
  private static final double OPEN = 0.03;
  private static final double COUNTED_ONCE = 0.9;
  private static final int BATCHES = 2;

  private SyntheticMultiome() {}

  /**
   * {@return a minibatch of both modalities and a network for them}
   *
   * @param lacking share of the cells without peaks: the last ones, as minibatches are sorted
   */
  static SyntheticCells of(
      int cells, int genes, int peaks, int hidden, int latent, double lacking) {
    ModelConfig recommended = ModelConfig.recommended().forCells(SyntheticCells.OF_DATA_SET);
    MultimodalConfig config =
        new MultimodalConfig(
            recommended.with(recommended.network().withSize(hidden, latent, 1)),
            MultimodalOptions.defaults());
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    features.put("atac", peaks);
    features.put("rna", genes);
    int[] keys = {BATCHES};
    NetworkSpec spec =
        NetworkSpec.of(
            config,
            features,
            new CategoryCounts(keys, keys, keys, new int[0], keys, BATCHES, BATCHES, 0));
    LibraryPrior prior = new LibraryPrior(new float[BATCHES], new float[] {0.1f, 0.1f}, 8, 0);
    ModalityPriors priors =
        new ModalityPriors(prior, config.shared().priors().dispersionHyperPrior());
    Parameters parameters = Parameters.start(ParameterLayout.ofAll(spec), 0);
    Minibatch ofGenes = SyntheticCells.minibatch(cells, genes);
    Covariates covariates = ofGenes.covariates();
    int having = (int) Math.round(cells * (1 - lacking));
    return new SyntheticCells(
        Network.of(new Model(spec, List.of(priors, priors), parameters)),
        new Minibatch(
            ofGenes.cells(),
            List.of(counts(cells, having, peaks), ofGenes.counts().getFirst()),
            covariates));
  }

  private static SparseRows counts(int cells, int having, int peaks) {
    SplittableRandom random = new SplittableRandom(2);
    int[] indptr = new int[cells + 1];
    int[] indices = new int[(int) (1.1 * OPEN * having * peaks) + peaks];
    float[] values = new float[indices.length];
    int n = 0;
    for (int cell = 0; cell < cells; cell++) {
      for (int peak = 0; cell < having && peak < peaks; peak++) {
        if (random.nextDouble() < OPEN) {
          indices[n] = peak;
          values[n++] = random.nextDouble() < COUNTED_ONCE ? 1 : 2 + random.nextInt(2);
        }
      }
      indptr[cell + 1] = n;
    }
    return new SparseRows(peaks, indptr, Arrays.copyOf(indices, n), Arrays.copyOf(values, n));
  }
}
