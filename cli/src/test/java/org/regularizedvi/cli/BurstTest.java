package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** A model whose decoder gives bursts, from training to Python and back. */
class BurstTest {
  @TempDir Path dir;

  private Cli run(Object... arguments) {
    Cli cli = Cli.run(arguments);
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  private Path train(String name, Path cells, Object... options) {
    List<Object> all = new ArrayList<>();
    all.addAll(List.of("train", cells, "--batch-key", "batch", "--n-hidden", 16, "--n-latent", 4));
    all.addAll(List.of("--max-epochs", 3, "--decoder-type", "burst-frequency-size"));
    all.addAll(List.of("--model-dir", dir.resolve(name), "--out", dir.resolve(name + ".h5ad")));
    all.addAll(List.of(options));
    run(all.toArray());
    return dir.resolve(name);
  }

  @Test
  void travelsAndAnswers() {
    Path cells = TinyData.write(dir.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path model =
        train(
            "started",
            cells,
            "--dispersion-init",
            "variance-burst-size",
            "--decoder-init-variance-target-fraction",
            0.5,
            "--report",
            dir.resolve("report.html"));
    try (AnnDataFile file = AnnDataFile.open(dir.resolve("started.h5ad"))) {
      float[] variance = file.varm("regularizedvi_technical_variance").values();
      for (float v : variance) {
        assertThat(v).isPositive().isFinite();
      }
    }
    for (String command : new String[] {"expression", "predict", "correct", "likelihood"}) {
      run(command, cells, "--model-dir", model, "--out", dir.resolve(command + ".h5ad"));
    }
    assertThat(run("covariate-effects", cells, "--model-dir", model).out())
        .contains("burst_size_decoder_weights", "technical_variance");
    Path python = dir.resolve("python");
    Path back = dir.resolve("back");
    run("export", "--model-dir", model, "--out", python);
    run("import", python, "--data", cells, "--model-dir", back);
    assertThat(run("evaluate", cells, "--model-dir", back).out())
        .isEqualTo(run("evaluate", cells, "--model-dir", model).out());
  }

  @Test
  void softmaxIsRefused() {
    Path cells = TinyData.write(dir.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    assertThat(
            Cli.run(
                    "train",
                    cells,
                    "--model-dir",
                    dir.resolve("never"),
                    "--decoder-type",
                    "burst-frequency-size",
                    "--scale-activation",
                    "softmax")
                .mistake())
        .contains("burst-frequency-size needs")
        .contains("softplus");
  }
}
