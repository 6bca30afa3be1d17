package org.regularizedvi.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Model;
import org.regularizedvi.reference.net.Network;

/**
 * Holds a minibatch and a network of the quick-start kind: 8.5 % of the counts are not zero, of
 * these 62 % are 1 and 91 % at most 4, with a tail to 1,000; two batches.
 */
record SyntheticCells(Network network, Minibatch minibatch) implements AutoCloseable {
  /** The number of cells of the data set whose minibatch is made, by which dropout goes. */
  static final int OF_DATA_SET = 10_000;

  private static final double DENSITY = 0.085;
  private static final int BATCHES = 2;

  static SyntheticCells of(Preset preset, int cells, int genes, int hidden, int latent) {
    ModelConfig config =
        preset
            .config()
            .with(preset.config().network().withSize(hidden, latent, 1))
            .forCells(OF_DATA_SET);
    int[] keys = {BATCHES};
    ModalitySpec spec =
        new ModalitySpec(
            0,
            StoredNames.single(),
            genes,
            latent,
            config,
            new CategoryCounts(keys, keys, keys, new int[0], keys, BATCHES, BATCHES, 0));
    LibraryPrior prior = new LibraryPrior(new float[BATCHES], new float[] {0.1f, 0.1f}, 8, 0);
    ModalityPriors priors = new ModalityPriors(prior, config.priors().dispersionHyperPrior());
    NetworkSpec whole = NetworkSpec.single(spec);
    Parameters parameters = Parameters.start(ParameterLayout.ofAll(whole), 0);
    return new SyntheticCells(
        Network.of(new Model(whole, List.of(priors), parameters)), minibatch(cells, genes));
  }

  static Minibatch minibatch(int cells, int genes) {
    int[] batch = IntStream.range(0, cells).map(n -> n * BATCHES / cells).toArray();
    Map<Purpose, int[][]> codes = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      codes.put(purpose, purpose == Purpose.ENCODER ? new int[0][] : new int[][] {batch});
    }
    return new Minibatch(
        IntStream.range(0, cells).toArray(),
        List.of(counts(cells, genes)),
        new Covariates(cells, codes, new float[0][], new float[0]));
  }

  static SparseRows counts(int cells, int genes) {
    SplittableRandom random = new SplittableRandom(1);
    int[] indptr = new int[cells + 1];
    int[] indices = new int[(int) (1.1 * DENSITY * cells * genes) + genes];
    float[] values = new float[indices.length];
    int n = 0;
    for (int cell = 0; cell < cells; cell++) {
      for (int gene = 0; gene < genes; gene++) {
        if (random.nextDouble() < DENSITY) {
          indices[n] = gene;
          values[n++] = count(random);
        }
      }
      indptr[cell + 1] = n;
    }
    return new SparseRows(genes, indptr, Arrays.copyOf(indices, n), Arrays.copyOf(values, n));
  }

  private static float count(SplittableRandom random) {
    double u = random.nextDouble();
    if (u < 0.62) {
      return 1;
    }
    if (u < 0.91) {
      return 2 + random.nextInt(3);
    }
    return (float) Math.min(1000, Math.floor(5 / Math.max(1e-3, random.nextDouble())));
  }

  @Override
  public void close() {
    network.close();
  }
}
