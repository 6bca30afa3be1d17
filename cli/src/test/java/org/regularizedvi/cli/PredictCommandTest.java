package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/** {@code predict} on trained models: what anndata and mudata find in the copies. */
class PredictCommandTest {
  private static final String SCRIPT =
      Path.of("src/test/python/check_expression.py").toAbsolutePath().toString();
  private static final String NAME = "regularizedvi_predicted";

  @TempDir static Path folder;
  private static TrainedModel model;

  @BeforeAll
  static void train() {
    model = TrainedModel.ofTinyCells(folder);
  }

  private static Path predict(String file, Object... more) {
    Path out = folder.resolve(file);
    Cli cli = model.ask("predict", out, more);
    assertThat(cli.code()).as(cli.err()).isZero();
    return out;
  }

  @Test
  void anndataFindsDraws() {
    Path one = predict("one.h5ad", "--seed", 3);
    assertThat(PythonEnvironment.run(SCRIPT, one, NAME)).isEqualTo("rna csr 60 24");
    Path two = predict("two.h5ad", "--n-samples", 2, "--no-background", "--layer-out", "native");
    assertThat(PythonEnvironment.run(SCRIPT, two, "native_1")).isEqualTo("rna csr 60 24");
    assertThat(PythonEnvironment.run(SCRIPT, two, "native_2")).isEqualTo("rna csr 60 24");
    assertThat(PythonEnvironment.run(SCRIPT, two, "native")).isEmpty();
  }

  @Test
  void anndataFindsParameters() {
    Path all = predict("all.h5ad", "--quantity", "counts,rate,dispersion");
    assertThat(PythonEnvironment.run(SCRIPT, all, NAME)).isEqualTo("rna csr 60 24");
    assertThat(PythonEnvironment.run(SCRIPT, all, NAME + "_rate")).isEqualTo("rna dense 60 24");
    assertThat(PythonEnvironment.run(SCRIPT, all, NAME + "_dispersion"))
        .isEqualTo("rna dense 60 24");
    Path some = predict("some.h5ad", "--quantity", "rate", "--features", "gene3,gene1");
    assertThat(PythonEnvironment.run(SCRIPT, some, NAME + "_rate"))
        .isEqualTo("rna gene3+gene1 60 2");
    assertThat(PythonEnvironment.run(SCRIPT, some, NAME)).isEmpty();
  }

  @Test
  void mudataFindsThoseOfEachModality() {
    Path out = folder.resolve("predicted.h5mu");
    Cli cli = TrainedModel.ofMultiome(folder).ask("predict", out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(PythonEnvironment.run(SCRIPT, out, NAME).lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("atac csr 65 ");
  }

  @Test
  void mistakesAreOneSentence() {
    Path out = folder.resolve("never.h5ad");
    assertThat(model.ask("predict", out, "--quantity", "mean").mistake())
        .isEqualTo("--quantity: expected counts or rate or dispersion, found 'mean'.");
    assertThat(model.ask("predict", out, "--quantity", "rate,").mistake())
        .isEqualTo("--quantity: expected counts or rate or dispersion, found ''.");
    assertThat(model.ask("predict", out, "--n-samples", 0).mistake())
        .isEqualTo("n_samples must be 1 or more, but is 0.");
    assertThat(model.ask("predict", out, "--features", "gene3,none").mistake())
        .contains("The model has no feature 'none'");
    assertThat(out).doesNotExist();
  }
}
