package org.regularizedvi.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.AmbientRegularizedSCVI;

/**
 * A model that the program saved when model.json was of format 1, and what that program printed for
 * the cells beside it: {@code train cells.h5ad --batch-key batch --n-hidden 4 --n-latent 2
 * --library-n-hidden 3 --max-epochs 3 --precision float32 --dispersion-hyper-prior-alpha 8
 * --dispersion-hyper-prior-beta 4 --seed 5}, {@code evaluate --seed 1}.
 */
final class FirstFormatTest {
  private static final Path FOLDER = Path.of("src/test/resources/models/format1");

  @TempDir Path dir;

  @Test
  void whatItDoesNotSayIsAsPublished() {
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(FOLDER)) {
      ModelConfig published = ModelConfig.published();
      assertThat(model.config().preset()).isEqualTo(Preset.PUBLISHED);
      assertThat(model.config().library()).isEqualTo(published.library());
      assertThat(model.config().starts()).isEqualTo(published.starts());
      assertThat(model.config().penalties()).isEqualTo(published.penalties());
      assertThat(model.config().network())
          .isEqualTo(NetworkConfig.published().withSize(4, 2, 1).withLibraryNHidden(3));
      PriorConfig priors = model.config().priors();
      assertThat(priors.dispersionHyperPrior())
          .isEqualTo(new DispersionHyperPrior(0.5, OptionalDouble.of(8)));
      assertThat(priors.libraryLogMeansCenteringSensitivity()).isEqualTo(OptionalDouble.of(1));
    }
  }

  @Test
  void evaluatesAsTheProgramThatWroteIt() {
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(FOLDER);
        AnnDataFile cells = AnnDataFile.open(FOLDER.resolve("cells.h5ad"))) {
      Evaluation found =
          model.evaluate(new AnnDataCells(cells, CountSource.x(), CountChecks.INTEGERS), 1);
      Percentage rounding = Percentage.withPercentage(1e-3);
      assertThat(found.of(CellTerm.RECONSTRUCTION)).isCloseTo(46.11854663566294, rounding);
      assertThat(found.of(CellTerm.KL_Z)).isCloseTo(0.4747952461242676, rounding);
      assertThat(found.of(CellTerm.KL_L)).isCloseTo(19.561196899414064, rounding);
    }
  }

  @Test
  void savedAgainItIsOfTodaysFormat() {
    Path saved = dir.resolve("model");
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(FOLDER)) {
      model.save(saved, IfExists.REFUSE);
      assertThat(saved.resolve("model.json"))
          .content()
          .contains("\"format\" : 8", "\"preset\" : \"PUBLISHED\"");
      try (AmbientRegularizedSCVI again = AmbientRegularizedSCVI.load(saved)) {
        assertThat(again.config()).isEqualTo(model.config());
      }
    }
  }

  @Test
  void aRecordOfTodayThatLacksAPartIsDamaged() throws IOException {
    Path saved = dir.resolve("model");
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(FOLDER)) {
      model.save(saved, IfExists.REFUSE);
    }
    Path record = saved.resolve("model.json");
    String whole = Files.readString(record);
    Files.writeString(record, whole.replace("\"penalties\"", "\"no_penalties\""));
    assertThatThrownBy(() -> AmbientRegularizedSCVI.load(saved))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model.json is damaged");
    for (String lost :
        List.of("network", "dropout_rate", "encoders", "seed", "categories", "modalities")) {
      Files.writeString(record, withNull(whole, lost));
      assertThatThrownBy(() -> AmbientRegularizedSCVI.load(saved))
          .as(lost)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("model.json is damaged");
    }
    Files.writeString(record, "[1]");
    assertThatThrownBy(() -> AmbientRegularizedSCVI.load(saved))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model.json is damaged");
  }

  private static String withNull(String record, String name) throws IOException {
    ObjectNode tree = (ObjectNode) StoredRecords.JSON.readTree(record);
    tree.findParent(name).putNull(name);
    return tree.toString();
  }
}
