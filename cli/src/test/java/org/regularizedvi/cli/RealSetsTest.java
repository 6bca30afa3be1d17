package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.formats.Formats;

/** Pieces of sets that people really have go from a file of counts to an embedded file. */
final class RealSetsTest {
  private static final Path SETS = Path.of("src/test/resources/real");
  private static final String LATENT = "X_regularizedvi";

  @TempDir private Path folder;

  static Stream<Arguments> sets() {
    return Stream.of(
        Arguments.of("bladder.h5ad", List.of()),
        Arguments.of(
            "embryo.h5ad",
            List.of("--batch-key", "time.point", "--nn-conditioning-covariate-keys", "cell.type")),
        Arguments.of("facs.h5ad", List.of("--min-cells", 5)),
        Arguments.of(
            "onek1k.h5ad", List.of("--batch-key", "sex", "--nn-continuous-covariate-keys", "age")),
        Arguments.of("pdac.h5ad", List.of("--n-top-genes", 120)),
        Arguments.of("snare.h5mu", List.of("--batch-key", "batch")));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void isCheckedTrainedOnAndEmbedded(String set, List<Object> options) {
    Path input = SETS.resolve(set);
    assertThat(run("check", input, options).out()).contains(": 60 cells x ");
    Path trained = folder.resolve("trained_" + set);
    Path model = folder.resolve("model");
    List<Object> training = new ArrayList<>(options);
    training.addAll(List.of("--max-epochs", 1, "--n-hidden", 8, "--n-latent", 3));
    training.addAll(List.of("--out", trained, "--model-dir", model));
    run("train", input, training);
    Path embedded = folder.resolve("embedded_" + set);
    run("embed", input, List.of("--model-dir", model, "--out", embedded));
    try (CellSource before = Formats.open(input);
        CellSource after = Formats.open(trained);
        CellSource again = Formats.open(embedded)) {
      assertThat(after.cells().obsNames()).isEqualTo(before.cells().obsNames());
      for (String modality : before.modalities()) {
        assertThat(after.counts(modality).digest()).isEqualTo(before.counts(modality).digest());
      }
      FloatMatrix latent = after.obsm(LATENT);
      assertThat(latent.rows()).isEqualTo(60);
      for (float value : latent.values()) {
        assertThat(value).isFinite();
      }
      assertThat(again.obsm(LATENT).values()).isEqualTo(latent.values());
    }
  }

  private static Cli run(String command, Path input, List<Object> options) {
    List<Object> all = new ArrayList<>(List.of(command, input));
    all.addAll(options);
    Cli cli = Cli.run(all.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }
}
