package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of the Python package from the command line. */
final class PythonModelTest {
  private static final Path MODELS =
      Path.of("..", "core", "src", "test", "resources", "python_models").toAbsolutePath();
  private static final Path CELLS = MODELS.resolve("single.h5ad");

  @TempDir Path dir;

  @Test
  void importsAndGoesOnTraining() {
    Path model = dir.resolve("model");
    Cli run = importing(MODELS.resolve("single"), CELLS, model);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("imported").contains(model.toString());

    Path more = dir.resolve("more");
    Path out = dir.resolve("out.h5ad");
    Cli trained =
        Cli.run(
            "train",
            CELLS,
            "--layer",
            "counts",
            "--resume-from",
            model,
            "--max-epochs",
            "2",
            "--model-dir",
            more,
            "--out",
            out);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(out).exists();
    Cli evaluated = Cli.run("evaluate", CELLS, "--layer", "counts", "--model-dir", more);
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(more.resolve("model.json"))
        .content()
        .contains("\"preset\" : \"PUBLISHED\"", "\"dropout_on_input\" : false", "\"lr\" : 0.001");
  }

  @Test
  void importsAModelOfTwoModalitiesAndGoesOnTraining() {
    Path cells = MODELS.resolve("multimodal.h5mu");
    Path model = dir.resolve("model");
    assertThat(importing(MODELS.resolve("multimodal"), cells, model).code()).isZero();
    Cli trained =
        Cli.run(
            "train",
            cells,
            "--resume-from",
            model,
            "--max-epochs",
            "1",
            "--model-dir",
            model,
            "--overwrite");
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  @Test
  void exportsWhatItTrained() {
    Path model = dir.resolve("model");
    Path cells = dir.resolve("cells.h5ad");
    TinyData.write(cells, TinyData.genes(), "a", "b");
    Cli trained =
        Cli.run(
            "train",
            cells,
            "--batch-key",
            "batch",
            "--model-dir",
            model,
            "--max-epochs",
            "1",
            "--n-hidden",
            "8",
            "--n-latent",
            "3");
    assertThat(trained.code()).as(trained.err()).isZero();
    Path python = dir.resolve("python");
    Cli exported = Cli.run("export", "--model-dir", model, "--out", python);
    assertThat(exported.code()).as(exported.err()).isZero();
    Path back = dir.resolve("back");
    Cli imported = importing(python, cells, back);
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(Cli.run("export", "--model-dir", model, "--out", python).mistake())
        .contains("already holds a model");
    // What only the recommended model has comes back as well.
    String before = Cli.run("evaluate", cells, "--model-dir", model).out();
    assertThat(Cli.run("evaluate", cells, "--model-dir", back).out()).isEqualTo(before);
  }

  @Test
  void whatTheModelHasIsNotGivenBesideIt() throws IOException {
    Path model = dir.resolve("model");
    importing(MODELS.resolve("single"), CELLS, model);
    for (String option : new String[] {"--n-hidden=3", "--batch-key=lane", "--seed=4"}) {
      Cli run =
          Cli.run("train", CELLS, "--resume-from", model, option, "--out", dir.resolve("o.h5ad"));
      assertThat(run.mistake())
          .startsWith(option.replaceFirst("=.*", ""))
          .contains("which --resume-from gives");
    }
    Path config = Files.writeString(dir.resolve("options.yaml"), "n_latent: 4\n");
    Cli run =
        Cli.run(
            "train",
            CELLS,
            "--resume-from",
            model,
            "--config",
            config,
            "--out",
            dir.resolve("o.h5ad"));
    assertThat(run.mistake()).startsWith("--n-latent is of the model");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path model = dir.resolve("model");
    assertThat(importing(dir, CELLS, model).mistake()).contains("model.pt does not exist");
    Path file = dir.resolve("model.pt");
    Files.writeString(file, "not a zip");
    assertThat(importing(dir, CELLS, model).mistake()).contains("is not a zip");
    byte[] whole = Files.readAllBytes(MODELS.resolve("single/model.pt"));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(importing(dir, CELLS, model).mistake()).contains("or is cut short");
    assertThat(importing(MODELS.resolve("single"), MODELS.resolve("none.h5ad"), model).mistake())
        .contains("none.h5ad");
    assertThat(model).doesNotExist();
  }

  private static Cli importing(Path pythonDir, Path cells, Path model) {
    return Cli.run("import", pythonDir, "--data", cells, "--model-dir", model);
  }
}
