package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.data.Column;
import org.regularizedvi.data.MuDataFile;
import org.regularizedvi.data.PythonEnvironment;

/** {@code correct} on trained models: what anndata and mudata find in the copies. */
class CorrectCommandTest {
  private static final String SCRIPT =
      Path.of("src/test/python/check_corrected.py").toAbsolutePath().toString();
  private static final Path MULTIOME = Path.of("src/test/resources/mudata/multiome.h5mu");

  @TempDir static Path folder;
  private static Path input;
  private static Path model;

  @BeforeAll
  static void train() {
    input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    model = folder.resolve("model");
    Cli trained =
        Cli.run(
            "train",
            input,
            "--batch-key",
            "batch",
            "--model-dir",
            model,
            "--max-epochs",
            3,
            "--n-hidden",
            16,
            "--n-latent",
            4);
    assertThat(trained.code()).isZero();
  }

  @Test
  void anndataFindsCorrectedCounts() {
    for (String method : new String[] {"expected", "mode", "binomial"}) {
      Path out = folder.resolve(method + ".h5ad");
      Cli cli = Cli.run("correct", input, "--model-dir", model, "--out", out, "--method", method);
      assertThat(cli.code()).isZero();
      assertThat(cli.err()).contains("60 cells, of a cell's counts", "wrote " + out);
      String kind = method.equals("expected") ? "expected" : "whole";
      assertThat(PythonEnvironment.run(SCRIPT, out, "X", kind)).isEqualTo("rna 60 24");
    }
  }

  @Test
  void mudataFindsThoseOfTheModalityWithABackground() {
    Path both = folder.resolve("multiome_model");
    Cli trained =
        Cli.run(
            "train",
            MULTIOME,
            "--model-dir",
            both,
            "--batch-key",
            "batch",
            "--layer",
            "rna=counts",
            "--batch-size",
            32,
            "--max-epochs",
            2,
            "--n-hidden",
            16,
            "--n-latent",
            "rna=5,atac=3");
    assertThat(trained.code()).isZero();
    Path out = folder.resolve("corrected.h5mu");
    Cli cli =
        Cli.run(
            "correct",
            MULTIOME,
            "--model-dir",
            both,
            "--out",
            out,
            "--layer",
            "rna=counts",
            "--method",
            "binomial",
            "--seed",
            4);
    assertThat(cli.code()).isZero();
    assertThat(PythonEnvironment.run(SCRIPT, out, "counts", "whole")).startsWith("rna 70 ");
    Path likely = folder.resolve("likely.h5mu");
    Cli scored =
        Cli.run(
            "likelihood",
            MULTIOME,
            "--model-dir",
            both,
            "--out",
            likely,
            "--layer",
            "rna=counts",
            "--n-samples",
            3);
    assertThat(scored.code()).isZero();
    assertThat(scored.err()).contains("75 cells, marginal log-likelihood -");
    try (MuDataFile file = MuDataFile.open(likely)) {
      Column.Numbers logs =
          (Column.Numbers) file.shared().obs("regularizedvi_marginal_log_likelihood");
      assertThat(logs.values()).hasSize(75);
      assertThat(Arrays.stream(logs.values()).max().orElseThrow()).isNegative();
    }
  }

  @Test
  void mistakesAreOneSentence() {
    Path out = folder.resolve("never.h5ad");
    assertThat(
            Cli.run("correct", input, "--model-dir", model, "--out", out, "--method", "median")
                .mistake())
        .isEqualTo("--method: expected expected or mode or binomial, found 'median'.");
    assertThat(Cli.run("correct", input, "--model-dir", model).mistake())
        .isEqualTo("correct needs --out OUT; see regularizedvi correct --help.");
    assertThat(
            Cli.run("correct", input, "--model-dir", model, "--out", input, "--overwrite")
                .mistake())
        .contains("input itself");
    assertThat(out).doesNotExist();
  }
}
