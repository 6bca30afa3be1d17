package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.mudata.MuDataFile;

/** {@code likelihood} on a trained model of two modalities. */
class LikelihoodCommandTest {
  @TempDir Path folder;

  @Test
  void eachCellHasOne() {
    TrainedModel model = TrainedModel.ofMultiome(folder);
    Path out = folder.resolve("likely.h5mu");
    Cli cli = model.ask("likelihood", out, "--n-samples", 3);
    assertThat(cli.code()).isZero();
    assertThat(cli.err()).contains("75 cells, marginal log-likelihood -");
    try (MuDataFile file = MuDataFile.open(out)) {
      Column.Numbers logs =
          (Column.Numbers) file.shared().obs("regularizedvi_marginal_log_likelihood");
      assertThat(logs.values()).hasSize(75);
      assertThat(Arrays.stream(logs.values()).max().orElseThrow()).isNegative();
    }
    Path never = folder.resolve("never.h5mu");
    assertThat(model.ask("likelihood", never, "--n-samples", 0).mistake())
        .isEqualTo("n_samples must be 1 or more, but is 0.");
    assertThat(never).doesNotExist();
  }
}
