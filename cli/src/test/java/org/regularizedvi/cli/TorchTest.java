package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.formats.PythonEnvironment;

/** What is exported, read by PyTorch beside what the Python package had saved. */
@Tag("long")
final class TorchTest {
  private static final Path MODELS =
      Path.of("..", "core", "src", "test", "resources", "python_models").toAbsolutePath();
  private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"single, single.h5ad, counts", "multimodal, multimodal.h5mu,"})
  void torchReadsTheSame(String name, String cells, String layer) {
    Path model = dir.resolve("model");
    Path python = dir.resolve("python");
    Cli imported =
        Cli.run(
            "import", MODELS.resolve(name), "--data", MODELS.resolve(cells), "--model-dir", model);
    assertThat(imported.code()).as(imported.err()).isZero();
    Cli exported =
        layer == null
            ? Cli.run("export", "--model-dir", model, "--out", python)
            : Cli.run("export", "--model-dir", model, "--out", python, "--layer", layer);
    assertThat(exported.code()).as(exported.err()).isZero();
    String said =
        PythonEnvironment.runIn(
            "torch",
            SCRIPTS.resolve("requirements-torch.txt"),
            SCRIPTS.resolve("compare_models.py"),
            MODELS.resolve(name).resolve("model.pt"),
            python.resolve("model.pt"));
    assertThat(said).contains("values are the same");
  }
}
