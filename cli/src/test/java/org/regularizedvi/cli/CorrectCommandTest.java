package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/** {@code correct} on trained models: what anndata and mudata find in the copies. */
class CorrectCommandTest {
  private static final String SCRIPT =
      Path.of("src/test/python/check_corrected.py").toAbsolutePath().toString();

  @TempDir static Path folder;
  private static TrainedModel model;

  @BeforeAll
  static void train() {
    model = TrainedModel.ofTinyCells(folder);
  }

  @Test
  void anndataFindsCorrectedCounts() {
    for (String method : new String[] {"expected", "mode", "binomial"}) {
      Path out = folder.resolve(method + ".h5ad");
      Cli cli = model.ask("correct", out, "--method", method);
      assertThat(cli.code()).isZero();
      assertThat(cli.err()).contains("60 cells; on average ", "wrote " + out);
      String kind = method.equals("expected") ? "expected" : "whole";
      assertThat(PythonEnvironment.run(SCRIPT, out, "X", kind)).isEqualTo("rna 60 24");
    }
  }

  @Test
  void aCellHasAnAmountOfItsOwnUnlessToldOtherwise() {
    Path out = folder.resolve("amounts.h5ad");
    String default_ = model.ask("correct", out).err();
    assertThat(model.ask("correct", out, "--ambient-amount", "cell", "--overwrite").err())
        .isEqualTo(default_);
    assertThat(model.ask("correct", out, "--ambient-amount", "model", "--overwrite").err())
        .contains("60 cells; on average ")
        .isNotEqualTo(default_);
  }

  @Test
  void mudataFindsThoseOfTheModalityWithABackground() {
    Path out = folder.resolve("corrected.h5mu");
    Cli cli =
        TrainedModel.ofMultiome(folder).ask("correct", out, "--method", "binomial", "--seed", 4);
    assertThat(cli.code()).isZero();
    assertThat(PythonEnvironment.run(SCRIPT, out, "counts", "whole")).startsWith("rna 70 ");
  }

  @Test
  void mistakesAreOneSentence() {
    Path out = folder.resolve("never.h5ad");
    assertThat(model.ask("correct", out, "--method", "median").mistake())
        .isEqualTo("--method: expected expected or mode or binomial, found 'median'.");
    assertThat(model.ask("correct", out, "--ambient-amount", "half").mistake())
        .isEqualTo("--ambient-amount: expected cell or model, found 'half'.");
    assertThat(Cli.run("correct", model.input(), "--model-dir", model.folder()).mistake())
        .isEqualTo("correct needs --out OUT; see regularizedvi correct --help.");
    assertThat(model.ask("correct", model.input(), "--overwrite").mistake())
        .contains("input itself");
    assertThat(out).doesNotExist();
  }
}
