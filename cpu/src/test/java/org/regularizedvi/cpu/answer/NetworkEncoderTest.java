package org.regularizedvi.cpu.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.reference.net.Network;

final class NetworkEncoderTest {
  private static final CovariateKeys KEYS =
      CovariateKeys.batch("batch").withNnConditioning("donor").withEncoder("donor");

  /** Several blocks of rows. */
  private static final int CELLS = 1100;

  /** Wide enough for products that choose their way by the number of rows. */
  private static final ModelConfig CONFIG =
      TestCells.smallModel().with(NetworkConfig.published().withSize(96, 24, 2));

  @Test
  void aCellHasTheSameBitsWhicheverCellsStandBesideIt() {
    CellData data = TestCells.of(CELLS, KEYS);
    int[] all = IntStream.range(0, CELLS).toArray();
    try (Network network = network(data)) {
      List<float[]> together = posterior(network, data, all, 2);
      assertThat(posterior(network, data, all, 1)).usingRecursiveComparison().isEqualTo(together);
      for (int[] range : new int[][] {{0, 1}, {1, 256}, {256, 513}, {513, CELLS}, {250, 900}}) {
        int[] some = IntStream.range(range[0], range[1]).toArray();
        List<float[]> alone = posterior(network, data, some, 2);
        for (int i = 0; i < together.size(); i++) {
          int columns = together.get(i).length / CELLS;
          assertThat(alone.get(i))
              .isEqualTo(
                  Arrays.copyOfRange(together.get(i), range[0] * columns, range[1] * columns));
        }
      }
    }
  }

  /** Means and variances of z and of l. */
  private static List<float[]> posterior(Network network, CellData data, int[] cells, int threads) {
    Minibatch minibatch = data.minibatch(cells);
    try (NetworkEncoder encoders = new NetworkEncoder(network.model(), Products.here(), threads)) {
      Posteriors found = encoders.encode(minibatch);
      Posterior z = found.latents().getFirst();
      Posterior l = found.libraries().getFirst();
      return List.of(
          z.mean().values(), z.variance().values(), l.mean().values(), l.variance().values());
    }
  }

  private static Network network(CellData data) {
    ModalitySpec modality =
        new ModalitySpec(
            0,
            StoredNames.single(),
            TestCells.GENES,
            CONFIG.network().nLatent(),
            CONFIG,
            CategoryCounts.of(data.schema()));
    NetworkSpec spec = NetworkSpec.single(modality);
    LibraryPrior prior = new LibraryPrior(new float[3], new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
    return Network.of(
        new Model(
            spec,
            List.of(new ModalityPriors(prior, CONFIG.priors().dispersionHyperPrior())),
            Parameters.start(ParameterLayout.ofAll(spec), 9)));
  }
}
