package org.regularizedvi.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.config.VarianceStartConfig;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.options.Records;

/**
 * A model that the program saved when model.json was of format 2, and what that program found for
 * the cells of {@code format1}: the recommended model of 4 hidden units, 2 latent dimensions and 3
 * hidden units of the library encoder, keys batch, 3 epochs, float32, seed 5, evaluated with seed
 * 1.
 */
final class SecondFormatTest {
  private static final Path MODELS = Path.of("src/test/resources/models");

  @Test
  void evaluatesAsTheProgramThatWroteIt() {
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(MODELS.resolve("format2"));
        AnnDataFile cells = AnnDataFile.open(MODELS.resolve("format1/cells.h5ad"))) {
      assertThat(model.config())
          .isEqualTo(
              ModelConfig.recommended()
                  .with(NetworkConfig.published().withSize(4, 2, 1).withLibraryNHidden(3))
                  .with(new PenaltyConfig(0.1, 0, 0, 0))
                  .with(
                      new StartConfig(
                          DecoderBias.MEAN,
                          OptionalDouble.of(0.2),
                          false,
                          DispersionInit.PRIOR,
                          0.9,
                          VarianceStartConfig.defaults(),
                          EncoderStartConfig.defaults(),
                          ValueStartConfig.defaults()))
                  .with(
                      Records.with(
                          PriorConfig.recommended(),
                          "dispersionHyperPrior",
                          new DispersionHyperPrior(1.0 / 3, OptionalDouble.of(9)))));
      Evaluation found =
          model.evaluate(new AnnDataCells(cells, CountSource.x(), CountChecks.INTEGERS), 1);
      Percentage rounding = Percentage.withPercentage(1e-3);
      assertThat(found.of(CellTerm.RECONSTRUCTION)).isCloseTo(28.934862721127367, rounding);
      assertThat(found.of(CellTerm.KL_Z)).isCloseTo(0.4868837833404541, rounding);
      assertThat(found.of(CellTerm.KL_L)).isCloseTo(9.548939514160157, rounding);
    }
  }
}
