package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.PythonEnvironment;

/**
 * From a file that mudata wrote through all commands to files that mudata opens; the script knows
 * the names and relations that are promised and compares with the input.
 */
class MudataOpensTest {
  private static final Path INPUT =
      Path.of("src/test/resources/mudata/multiome.h5mu").toAbsolutePath();
  private static final Path SCRIPT =
      Path.of("src/test/python/check_multimodal.py").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void everyOutput() throws IOException {
    Path model = folder.resolve("model");
    Path trained = folder.resolve("trained.h5mu");
    Path embedded = folder.resolve("embedded.h5mu");
    Path encoded = folder.resolve("encoded.h5mu");
    Path attributed = folder.resolve("attributed.h5mu");
    assertRuns(
        Cli.run(
            "train",
            INPUT,
            "--out",
            trained,
            "--model-dir",
            model,
            "--batch-key",
            "batch",
            "--layer",
            "rna=counts",
            "--n-latent",
            "rna=5,atac=3",
            "--n-hidden",
            16,
            "--max-epochs",
            3));
    for (String command : new String[] {"embed", "attribution"}) {
      Path out = command.equals("embed") ? embedded : attributed;
      assertRuns(
          Cli.run(command, INPUT, "--model-dir", model, "--out", out, "--layer", "rna=counts"));
    }
    assertRuns(
        Cli.run(
            "embed",
            INPUT,
            "--model-dir",
            model,
            "--out",
            encoded,
            "--layer",
            "rna=counts",
            "--missing-slices",
            "encoded"));
    Cli evaluated = Cli.run("evaluate", INPUT, "--model-dir", model, "--layer", "rna=counts");
    assertRuns(evaluated);
    JsonNode json = new ObjectMapper().readTree(evaluated.out());
    assertThat(json.get("n_cells").asInt()).isEqualTo(75);
    assertThat(json.get("elbo").asDouble()).isPositive().isFinite();
    assertThat(
            PythonEnvironment.run(SCRIPT.toString(), INPUT, trained, embedded, encoded, attributed))
        .isEqualTo("75 8 70 65");
  }

  private static void assertRuns(Cli cli) {
    assertThat(cli.code()).as(cli.err()).isZero();
  }
}
