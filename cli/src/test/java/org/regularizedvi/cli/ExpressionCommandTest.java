package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/** {@code expression} on trained models: what anndata and mudata find in the copies. */
class ExpressionCommandTest {
  private static final String SCRIPT =
      Path.of("src/test/python/check_expression.py").toAbsolutePath().toString();

  @TempDir static Path folder;
  private static TrainedModel model;

  @BeforeAll
  static void train() {
    model = TrainedModel.ofTinyCells(folder);
  }

  private static Cli express(Path out, Object... more) {
    return model.ask("expression", out, more);
  }

  private static String seen(String file, String name, Object... more) {
    Path out = folder.resolve(file);
    Cli cli = express(out, more);
    assertThat(cli.code()).as(cli.err()).isZero();
    return PythonEnvironment.run(SCRIPT, out, name);
  }

  @Test
  void anndataFindsExpression() throws IOException {
    assertThat(seen("dense.h5ad", "regularizedvi_expression")).isEqualTo("rna dense 60 24");
    assertThat(
            seen(
                "sparse.h5ad",
                "rho",
                "--layer-out",
                "rho",
                "--cut-off",
                0.5,
                "--library-size",
                "latent",
                "--n-samples",
                3,
                "--transform-batch",
                "batch=a,batch=b"))
        .isEqualTo("rna csr 60 24");
    Path list = folder.resolve("genes.txt");
    Files.writeString(list, "gene3\ngene1\n\n");
    assertThat(seen("some.h5ad", "regularizedvi_expression", "--features", "@" + list))
        .isEqualTo("rna gene3+gene1 60 2");
  }

  @Test
  void mudataFindsThatOfEachModality() {
    Path out = folder.resolve("expressed.h5mu");
    Cli cli = TrainedModel.ofMultiome(folder).ask("expression", out, "--cut-off", 0.001);
    assertThat(cli.code()).isZero();
    assertThat(PythonEnvironment.run(SCRIPT, out, "regularizedvi_expression").lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("atac csr 65 ");
  }

  @Test
  void mistakesAreOneSentence() {
    Path out = folder.resolve("never.h5ad");
    assertThat(express(out, "--library-size", "big").mistake())
        .isEqualTo("--library-size: expected latent or a number above 0, found 'big'.");
    assertThat(express(out, "--transform-batch", "batch").mistake())
        .isEqualTo("--transform-batch: expected KEY=CATEGORY with commas between, found 'batch'.");
    assertThat(express(out, "--transform-batch", "lane=1").mistake())
        .isEqualTo(
            "transform_batch names the key 'lane', but the decoder is conditioned on batch.");
    assertThat(express(out, "--transform-batch", "batch=c").mistake())
        .isEqualTo("transform_batch: 'batch' has no category 'c'; it has a, b.");
    assertThat(express(out, "--features", "gene3,none").mistake())
        .contains("The model has no feature 'none'");
    assertThat(express(out, "--features", "@" + folder.resolve("missing")).mistake())
        .startsWith(
            "--features: expected a text file in UTF-8 with a name a line, found no file in");
    assertThat(express(out, "--n-samples", -1).mistake())
        .isEqualTo("n_samples must be 0 or more, but is -1.");
    assertThat(express(out, "--cut-off", 0).mistake())
        .isEqualTo("cut_off must be above 0 and finite, but is 0.0.");
    assertThat(express(out, "--cut-off", 1, "--features", "gene3").mistake())
        .startsWith("cut_off makes a layer");
    assertThat(out).doesNotExist();
  }
}
