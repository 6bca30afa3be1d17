package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of an input without a training. */
final class CheckCommandTest {
  @TempDir private Path folder;

  @Test
  void goodInputIsDescribed() {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path out = folder.resolve("out.h5ad");
    Cli run = Cli.run("check", cells, "--batch-key", "batch", "--out", out, "--max-epochs", 5);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "cells.h5ad: 60 cells x 24 features, 718 counts above zero (49.9 %); without any count: 0 cells, 0 features")
        .containsPattern("SHA-256 of the counts [0-9a-f]{64}\\n")
        .contains(
            "ambient_covariate_keys 'batch': 2 categories, the smallest 'a' with 30 cells",
            "library_size_key 'batch': 2 categories, the smallest 'a' with 30 cells")
        .containsPattern(
            "training: 5 epochs; it will take about 0\\.\\d GB of memory \\(this machine has [\\d.]+ GB\\) and about .+ with \\d+ threads? and (float32|bfloat16) products");
    assertThat(out).doesNotExist();
    assertThat(folder.toFile().list()).containsExactly("cells.h5ad");
  }

  @Test
  void itSaysHowManyFeaturesAreTrainedOn() {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Cli run = Cli.run("check", cells, "--batch-key=batch", "--n-top-genes=5", "--trust-input");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("5 of 24 features are trained on");
  }

  /** 58 layers of 46,000 x 46,000 numbers, of which 20 bytes each are needed: 2.4 TB. */
  @Test
  void moreMemoryThanThereIsIsRefusedOrWarnedOf() {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Path model = folder.resolve("model");
    String[] train = {
      "train",
      cells.toString(),
      "--batch-key=batch",
      "--model-dir=" + model,
      "--n-hidden=46000",
      "--n-layers=30",
      "--trust-input"
    };
    String needs =
        "Training needs about \\d+\\.\\d GB of memory \\(weights \\d+\\.\\d GB, counts 0\\.0 GB\\), but"
            + " this machine has \\d+\\.\\d GB: a smaller --n-hidden takes less, as do fewer features";
    assertThat(Cli.run((Object[]) train).mistake())
        .matches(needs + "; --ignore-memory-estimate trains all the same\\.");
    assertThat(model).doesNotExist();
    assertThat(folder.toFile().list()).containsExactly("cells.h5ad");
    train[0] = "check";
    train[6] = "--ignore-memory-estimate";
    Cli insisted = Cli.run((Object[]) train);
    assertThat(insisted.code()).as(insisted.err()).isZero();
    assertThat(insisted.err()).containsPattern("^warning: " + needs + "\\.\n");
    assertThat(insisted.out())
        .containsPattern("about \\d{3,}\\.\\d GB of memory \\(this machine has");
  }

  @Test
  void aLayerThatNoArrayHoldsIsRefusedEvenSo() {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    assertThat(
            Cli.run(
                    "check",
                    cells,
                    "--batch-key=batch",
                    "--n-hidden=100000",
                    "--n-layers=2",
                    "--ignore-memory-estimate")
                .mistake())
        .isEqualTo(
            "The parameter z_encoder.encoder.fc_layers.Layer 1.1.weight would hold 10,000,000,000 numbers, but at"
                + " most 2,147,483,647 can be held; expected fewer features or a smaller --n-hidden.");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    Path cells = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    Cli run =
        Cli.run(
            "check",
            cells,
            "--ambient-covariate-keys",
            "bacth",
            "--dispersion-key",
            "batch",
            "--library-size-key",
            "lane");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            regularizedvi: There are 2 problems:
              %1$s has no column 'bacth' in obs; the nearest are 'batch', 'age'; all are [batch, age].
              %1$s has no column 'lane' in obs; the nearest are 'age', 'batch'; all are [batch, age].
            """
                .formatted(cells));
  }
}
