package org.regularizedvi.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.simulate.ModalityPlan;
import org.regularizedvi.core.simulate.SimulationPlan;

/**
 * Training on simulated multiome finds types, batches and ambient profiles: 15 % of the cells lack
 * a modality, recommended options but for the size of the networks and 40 epochs of minibatches of
 * 128 cells.
 */
final class RecoveryTest {
  /**
   * Of a gene looked at every batch has at least so many ambient counts in expectation, over all
   * its cells. Profiles are compared in logs: of plain numbers a handful of genes would decide.
   */
  private static final int AMBIENT_COUNTS = 20;

  @TempDir Path folder;

  private Recovery recover(LatentMode mode, SimulationPlan plan, int hidden, int latent) {
    ModelConfig model = ModelConfig.recommended();
    MultimodalConfig config =
        new MultimodalConfig(
            model.with(model.network().withSize(hidden, latent, 1)),
            MultimodalOptions.defaults().with(new LatentConfig(mode, ModalityWeights.EQUAL)));
    TrainConfig training = TrainConfig.recommended().withMaxEpochs(40).withBatchSize(128);
    Recovery found =
        Recovery.of(plan, config, training, folder.resolve("cells.h5mu"), AMBIENT_COUNTS);
    System.out.println(mode + ": " + found.words());
    return found;
  }

  private static SimulationPlan plan(int cells, int types, int genes, int peaks) {
    return new SimulationPlan(
        cells,
        types,
        3,
        0.15,
        5,
        List.of(ModalityPlan.of("rna", genes), ModalityPlan.of("atac", peaks)));
  }

  /**
   * That true and estimated profiles have the same abundant genes says little: mean counts have
   * them too. What is a batch's own they do not tell as well.
   */
  private static void requireAmbient(Recovery found, double ofBatch) {
    assertThat(found.ambient()).hasSize(3);
    for (int b = 0; b < 3; b++) {
      assertThat(found.ambient()[b]).isGreaterThanOrEqualTo(0.9);
      assertThat(found.ambientOfBatch()[b])
          .isGreaterThanOrEqualTo(ofBatch)
          .isGreaterThan(found.countsOfBatch()[b]);
    }
  }

  private static void require(Recovery found, double withType, double ofBatch) {
    assertThat(found.adjustedRand()).isGreaterThanOrEqualTo(0.9);
    assertThat(found.adjustedRandComplete()).isGreaterThanOrEqualTo(0.9);
    assertThat(found.mixing()).isGreaterThanOrEqualTo(0.85);
    assertThat(found.lackingWithType()).isGreaterThanOrEqualTo(withType);
    requireAmbient(found, ofBatch);
  }

  @ParameterizedTest
  @EnumSource(names = {"WEIGHTED_MEAN", "CONCATENATION"})
  void fewCells(LatentMode mode) {
    require(recover(mode, plan(800, 4, 500, 1500), 64, 10), 0.9, 0.7);
  }

  @ParameterizedTest
  @EnumSource(names = {"WEIGHTED_MEAN", "CONCATENATION"})
  @Tag("long")
  void multiome(LatentMode mode) {
    require(recover(mode, plan(3000, 8, 5000, 30_000), 128, 20), 0.95, 0.78);
  }
}
