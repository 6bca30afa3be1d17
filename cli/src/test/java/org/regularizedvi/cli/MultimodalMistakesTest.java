package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.regularizedvi.cli.MultimodalTest.INPUT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done with several modalities: one sentence, exit code 2, no output. */
class MultimodalMistakesTest {
  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void train() {
    model = folder.resolve("model");
    Cli cli =
        MultimodalTest.train(
            INPUT, folder.resolve("trained.h5mu"), "--model-dir", model, "--n-latent", 4);
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private static String refuse(Path input, Object... options) {
    Path out = folder.resolve("never.h5mu");
    String sentence = MultimodalTest.train(input, out, options).mistake();
    assertThat(out).doesNotExist();
    return sentence;
  }

  @Test
  void aModalityThatDoesNotExist() {
    assertThat(refuse(INPUT, "--modalities", "rna,adt"))
        .contains("no modality 'adt'", "rna, atac", "multiome.h5mu");
  }

  @Test
  void anOptionOfAModalityThatIsNotThere() {
    assertThat(refuse(INPUT, "--n-latent", "adt=3")).contains("n_latent", "'adt'", "atac, rna");
    assertThat(refuse(INPUT, "--feature-scaling-modalities", "adt"))
        .contains("feature_scaling_modalities", "'adt'");
    assertThat(refuse(INPUT, "--modality-lr-multiplier", "adt=2"))
        .contains("modality_lr_multiplier", "'adt'");
    assertThat(refuse(INPUT, "--modalities", "atac")).contains("layer", "'rna'", "are atac");
  }

  @Test
  void aMeanOfLatentsOfUnequalSize() {
    assertThat(refuse(INPUT, "--latent-mode", "weighted-mean", "--n-latent", "rna=5,atac=3"))
        .contains("n_latent", "3 for atac, 5 for rna");
  }

  @Test
  void weightsWithoutAMean() {
    assertThat(refuse(INPUT, "--modality-weights", "cell"))
        .contains("modality_weights", "weighted-mean", "concatenation");
  }

  @Test
  void aKeyOfNoModality() {
    assertThat(refuse(INPUT, "--nn-conditioning-covariate-keys", "donor"))
        .contains("'donor'", "shared obs", "obs of 'rna'");
  }

  @Test
  void modalitiesOfAnH5ad() {
    Path single = folder.resolve("cells.h5ad");
    if (Files.notExists(single)) {
      TinyData.write(single, TinyData.genes(), "a", "b");
    }
    Path out = folder.resolve("never.h5ad");
    for (List<String> options :
        List.of(
            List.of("--modalities", "rna"),
            List.of("--latent-mode", "single-encoder"),
            List.of("--n-latent", "rna=3"),
            List.of("--cells", "union"))) {
      Object[] all = {"train", single, "--out", out, "--batch-key", "batch", "", ""};
      all[6] = options.getFirst();
      all[7] = options.getLast();
      assertThat(Cli.run(all).mistake())
          .contains(options.getFirst().substring(2).replace('-', '_'), ".h5mu", "cells.h5ad");
    }
    assertThat(Cli.run("embed", single, "--model-dir", model, "--out", out).mistake())
        .contains("cells.h5ad", "AnnData (.h5ad, .zarr)", "expected MuData (.h5mu, .zarr)");
    Path ofOne = folder.resolve("ofOne");
    assertThat(
            Cli.run(
                    "train",
                    single,
                    "--model-dir",
                    ofOne,
                    "--batch-key",
                    "batch",
                    "--n-hidden",
                    8,
                    "--n-latent",
                    2,
                    "--max-epochs",
                    1)
                .code())
        .isZero();
    assertThat(Cli.run("evaluate", INPUT, "--model-dir", ofOne).mistake())
        .contains("multiome.h5mu", "MuData (.h5mu, .zarr)", "expected AnnData (.h5ad, .zarr)");
  }

  @Test
  void slicesAreThoseOfLatentsSideBySide() {
    Path mean = folder.resolve("mean");
    Path trained = folder.resolve("ofMean.h5mu");
    Object[] options = {"--model-dir", mean, "--n-latent", 4, "--latent-mode", "weighted-mean"};
    assertThat(MultimodalTest.train(INPUT, trained, options).code()).isZero();
    Path out = folder.resolve("out.h5mu");
    Object[] embed = {
      "embed", INPUT, "--model-dir", mean, "--out", out, "--missing-slices", "encoded"
    };
    assertThat(Cli.run(embed).refusal())
        .isEqualTo(
            "--missing-slices is for models of several modalities with their latents side by side"
                + " (--latent-mode concatenation), but this model has one latent for all.");
    assertThat(out).doesNotExist();
  }

  /** A program that goes by names would take the copy for what it is not. */
  @Test
  void anOutputNamedAsAnotherKindOfFile() {
    Path out = folder.resolve("never.h5ad");
    assertThat(MultimodalTest.train(INPUT, out).mistake())
        .contains("multiome.h5mu", "a MuData file (.h5mu)", "must not end in .h5ad", "never.h5ad");
    for (String command : List.of("embed", "attribution")) {
      assertThat(
              Cli.run(command, INPUT, "--model-dir", model, "--out", out, "--layer", "rna=counts")
                  .mistake())
          .contains("must not end in .h5ad", "never.h5ad");
    }
    Path single = folder.resolve("single.h5ad");
    TinyData.write(single, TinyData.genes(), "a", "b");
    Path other = folder.resolve("never.h5mu");
    assertThat(Cli.run("train", single, "--out", other, "--batch-key", "batch").mistake())
        .contains("single.h5ad", "an AnnData file (.h5ad)", "must not end in .h5mu");
    assertThat(out).doesNotExist();
    assertThat(other).doesNotExist();
  }

  @Test
  void attributionOfAnotherKindOfFile() {
    Path single = folder.resolve("attributed.h5ad");
    TinyData.write(single, TinyData.genes(), "a", "b");
    Path out = folder.resolve("never.h5ad");
    assertThat(Cli.run("attribution", single, "--model-dir", model, "--out", out).mistake())
        .contains("attributed.h5ad", "expected MuData (.h5mu, .zarr)");
    assertThat(out).doesNotExist();
  }

  @Test
  void modalitiesWithoutCountsOrWithoutCommonCells() {
    Path empty = TinyMuData.withoutCounts(folder.resolve("empty.h5mu"));
    Path apart = TinyMuData.withoutCommonCells(folder.resolve("apart.h5mu"));
    Path out = folder.resolve("never.h5mu");
    assertThat(Cli.run("train", empty, "--out", out, "--batch-key", "batch").mistake())
        .contains("empty.h5mu", "atac", "count");
    assertThat(
            Cli.run("train", apart, "--out", out, "--batch-key", "batch", "--cells", "intersection")
                .mistake())
        .contains("apart.h5mu", "no cell", "rna, atac");
    assertThat(out).doesNotExist();
  }
}
