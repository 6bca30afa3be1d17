package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a training refuses, before it trains: one sentence, exit code 2, nothing written. */
class BadInputTest {
  @TempDir static Path folder;
  private static Path input;

  @BeforeAll
  static void write() {
    input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
  }

  private static String refuse(Path file, Object... options) {
    Path out = folder.resolve("never.h5ad");
    List<Object> all = new ArrayList<>(List.of("train", file));
    if (!Arrays.asList(options).contains("--out")) {
      all.addAll(List.of("--out", out));
    }
    all.addAll(List.of(options));
    String sentence = Cli.run(all.toArray()).mistake();
    assertThat(out).doesNotExist();
    return sentence;
  }

  @Test
  void noSuchFile() {
    assertThat(refuse(folder.resolve("no.h5ad"), "--batch-key", "batch")).contains("no.h5ad");
  }

  @Test
  void notHdf5() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5ad"), "cell,gene,count\n");
    assertThat(refuse(text, "--batch-key", "batch")).contains("text.h5ad", "HDF5");
  }

  @Test
  void truncated() throws IOException {
    byte[] whole = Files.readAllBytes(input);
    Path half = Files.write(folder.resolve("half.h5ad"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(refuse(half, "--batch-key", "batch")).contains("half.h5ad");
  }

  @Test
  void checkpointsEveryMinusOneMinutes() {
    assertThat(refuse(input, "--batch-key", "batch", "--checkpoint-minutes", "-1"))
        .isEqualTo("checkpoint_minutes must be zero or a positive number, but is -1.0.");
    assertThat(folder.resolve("never.h5ad.checkpoint")).doesNotExist();
  }

  @Test
  void noKeys() {
    assertThat(refuse(input))
        .contains("batch_key", "ambient_covariate_keys", "dispersion_key", "library_size_key");
  }

  @Test
  void aKeyThatDoesNotExist() {
    assertThat(refuse(input, "--batch-key", "bacth")).contains("'bacth'", "batch", "cells.h5ad");
  }

  @Test
  void batchKeyWithPurposeKeys() {
    assertThat(refuse(input, "--batch-key", "batch", "--dispersion-key", "batch"))
        .contains("exclude each other", "dispersion_key");
  }

  @Test
  void aKeyNamedTwice() {
    assertThat(
            refuse(
                input, "--batch-key", "batch", "--nn-conditioning-covariate-keys", "batch,batch"))
        .contains("nn_conditioning_covariate_keys", "'batch' twice");
  }

  @Test
  void aLayerThatDoesNotExist() {
    assertThat(refuse(input, "--batch-key", "batch", "--layer", "counts"))
        .contains("counts", "cells.h5ad");
  }

  @Test
  void textWhereANumberIsNeeded() {
    assertThat(refuse(input, "--batch-key", "batch", "--nn-continuous-covariate-keys", "batch"))
        .contains("obs['batch']", "number");
  }

  @Test
  void aSizeFactorOfZero() {
    assertThat(refuse(input, "--batch-key", "batch", "--size-factor-key", "age"))
        .contains("obs['age']", "positive", "cell0");
  }

  @Test
  void noOutputAtAll() {
    assertThat(Cli.run("train", input, "--batch-key", "batch").mistake())
        .contains("--out", "--model-dir");
  }

  @Test
  void outputEqualToInput() throws IOException {
    byte[] before = Files.readAllBytes(input);
    String sentence =
        refuse(
            input, "--batch-key", "batch", "--out", folder.resolve("./cells.h5ad"), "--overwrite");
    assertThat(sentence).contains("input itself");
    assertThat(Files.readAllBytes(input)).isEqualTo(before);
  }

  @Test
  void outputInAFolderThatDoesNotExist() {
    assertThat(refuse(input, "--batch-key", "batch", "--out", folder.resolve("no/out.h5ad")))
        .contains("no folder");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void outputInAFolderThatTakesNoFiles() {
    assertThat(refuse(input, "--batch-key", "batch", "--out", "/proc/out.h5ad"))
        .contains("/proc", "takes no new files");
  }

  @Test
  void outputThatIsAFolder() {
    assertThat(refuse(input, "--batch-key", "batch", "--out", folder)).contains("is a folder");
  }

  @Test
  void outputThatExists() throws IOException {
    Path there = Files.writeString(folder.resolve("there.h5ad"), "mine");
    assertThat(refuse(input, "--batch-key", "batch", "--out", there))
        .contains("there.h5ad", "--overwrite");
    assertThat(there).hasContent("mine");
  }

  @Test
  void modelFolderWithOtherFiles() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "mine");
    assertThat(refuse(input, "--batch-key", "batch", "--model-dir", other, "--overwrite"))
        .contains("other");
    assertThat(other.resolve("thesis.txt")).hasContent("mine");
  }

  @Test
  void outputsOfTheSameName() {
    Path one = folder.resolve("one");
    assertThat(refuse(input, "--batch-key", "batch", "--out", one, "--model-dir", one))
        .contains("the same");
  }

  @Test
  void batchInDecoderWithoutBatchKey() {
    assertThat(
            refuse(
                input,
                "--ambient-covariate-keys",
                "batch",
                "--dispersion-key",
                "batch",
                "--library-size-key",
                "batch",
                "--use-batch-in-decoder"))
        .contains("use_batch_in_decoder", "batch_key");
  }
}
