package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.model.RegularizedModel;

/** {@code embed --extend} on a model of batches a and b and cells of a, b and c. */
class ExtendCommandTest {
  @TempDir static Path folder;
  private static Path model;
  private static Path three;

  @BeforeAll
  static void train() {
    Path two = TinyData.write(folder.resolve("two.h5ad"), TinyData.genes(), "a", "b");
    three = TinyData.write(folder.resolve("three.h5ad"), TinyData.genes(), "a", "b", "c");
    model = folder.resolve("model");
    Object[] train = {
      "train",
      two,
      "--batch-key",
      "batch",
      "--model-dir",
      model,
      "--max-epochs",
      3,
      "--n-hidden",
      16,
      "--n-latent",
      4
    };
    assertThat(Cli.run(train).code()).isZero();
  }

  private static Cli embed(Path out, Object... more) {
    Stream<Object> fixed = Stream.of("embed", three, "--model-dir", model, "--out", out);
    return Cli.run(Stream.concat(fixed, Stream.of(more)).toArray());
  }

  @Test
  void theExtendedModelEmbedsAsTheRunThatMadeIt() {
    Path out = folder.resolve("out.h5ad");
    Path extended = folder.resolve("extended");
    Cli cli =
        embed(
            out,
            "--extend",
            "--extended-model-dir",
            extended,
            "--max-epochs",
            5,
            "--batch-size",
            8,
            "--lr",
            0.01);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("embedded 60 cells; wrote " + out + " and " + extended);
    assertThat(extended.resolve("run.json")).content().contains("\"embed\"", "\"--extend\"");
    Path again = folder.resolve("again.h5ad");
    assertThat(Cli.run("embed", three, "--model-dir", extended, "--out", again).code()).isZero();
    assertThat(latent(again)).isEqualTo(latent(out));
    try (RegularizedModel loaded = RegularizedModel.load(extended)) {
      TrainConfig options = loaded.trainConfig().orElseThrow();
      assertThat(options.maxEpochs()).hasValue(5);
      assertThat(options.batchSize()).isEqualTo(8);
      assertThat(options.optimiser().lr()).isEqualTo(0.01);
      assertThat(loaded.history().epochs()).isEqualTo(5);
      assertThat(loaded.learnedTerms("").background().orElseThrow().columns())
          .containsExactly("a", "b", "c");
    }
    assertThat(embed(out, "--extend", "--extended-model-dir", extended).mistake())
        .isEqualTo(
            "Will not write %s: it exists; choose another name, or overwrite it (--overwrite)."
                .formatted(out));
    Path other = folder.resolve("other.h5ad");
    assertThat(embed(other, "--extend", "--extended-model-dir", extended).mistake())
        .isEqualTo(
            "%s already holds a model; choose another folder or give --overwrite."
                .formatted(extended));
    assertThat(other).doesNotExist();
  }

  private static float[] latent(Path file) {
    try (AnnDataFile cells = AnnDataFile.open(file)) {
      return cells.obsm("X_regularizedvi").values();
    }
  }

  @Test
  void mistakesAreOneSentence() {
    Path out = folder.resolve("never.h5ad");
    assertThat(embed(out).mistake())
        .isEqualTo(
            "%s: obs['batch'] has 1 category that the model has not seen: 'c'; it knows 'a', 'b'; embed --extend gives new ones parameters of their own."
                .formatted(three.getFileName()));
    assertThat(embed(out, "--extended-model-dir", folder.resolve("never")).mistake())
        .isEqualTo("--extended-model-dir is an option of --extend; expected --extend beside it.");
    assertThat(embed(out, "--max-epochs", 3).mistake())
        .isEqualTo("--max-epochs is an option of --extend; expected --extend beside it.");
    assertThat(embed(out, "--extend", "--max-epochs", 0).mistake()).contains("max_epochs");
    assertThat(embed(out, "--extend", "--extended-model-dir", out).mistake())
        .isEqualTo(
            "--out and --extended-model-dir are the same, %s; a file and a folder cannot share a name."
                .formatted(out));
    Path two = folder.resolve("two.h5ad");
    assertThat(Cli.run("embed", two, "--model-dir", model, "--out", out, "--extend").mistake())
        .isEqualTo(
            "%s has no category that the model has not seen; expected one to extend it by."
                .formatted(two.getFileName()));
    assertThat(out).doesNotExist();
    assertThat(folder.resolve("never")).doesNotExist();
  }
}
