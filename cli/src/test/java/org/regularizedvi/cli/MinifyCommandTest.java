package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** {@code minify} on a model that was trained on some cells: its file is asked in their place. */
class MinifyCommandTest {
  @TempDir Path dir;

  private Cli run(Object... arguments) {
    Cli cli = Cli.run(arguments);
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  @Test
  void theFileIsAskedInPlaceOfTheCells() {
    Path cells = TinyData.write(dir.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path model = dir.resolve("model");
    run(
        "train",
        cells,
        "--model-dir",
        model,
        "--batch-key",
        "batch",
        "--min-counts",
        10,
        "--cells-where",
        "batch=a",
        "--max-epochs",
        2,
        "--n-hidden",
        8);
    Path minified = dir.resolve("minified.h5ad");
    assertThat(run("minify", cells, "--model-dir", model, "--out", minified).err())
        .contains("minified ", "wrote " + minified);
    assertThat(Cli.run("minify", cells, "--model-dir", model, "--out", minified).refusal())
        .contains("minified.h5ad", "--overwrite");
    Path full = dir.resolve("full.h5ad");
    Path small = dir.resolve("small.h5ad");
    run("expression", cells, "--model-dir", model, "--out", full, "--features", "gene3");
    run("expression", minified, "--model-dir", model, "--out", small, "--features", "gene3");
    try (AnnDataFile all = AnnDataFile.open(full);
        AnnDataFile some = AnnDataFile.open(small)) {
      float[] expected = all.obsm("regularizedvi_expression").values();
      float[] found = some.obsm("regularizedvi_expression").values();
      assertThat(found).hasSizeLessThan(expected.length).doesNotContain(Float.NaN);
      int at = 0;
      for (float value : expected) {
        if (!Float.isNaN(value)) {
          assertThat(found[at++]).isEqualTo(value);
        }
      }
      assertThat(at).isEqualTo(found.length);
    }
    for (String command : new String[] {"evaluate", "correct", "likelihood"}) {
      Object[] line =
          command.equals("evaluate")
              ? new Object[] {command, minified, "--model-dir", model}
              : new Object[] {
                command, minified, "--model-dir", model, "--out", dir.resolve("x.h5ad")
              };
      assertThat(Cli.run(line).refusal()).contains("minified.h5ad has no counts");
    }
    Cli trained = Cli.run("train", minified, "--model-dir", dir.resolve("again"));
    assertThat(trained.code()).isEqualTo(2);
  }
}
