package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir Path folder;

  @Test
  void trainsAndShowsWhatItFound() {
    Path out = folder.resolve("demo");
    Cli cli = Cli.run("demo", "--out-dir", out, "--max-epochs", 1);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out().lines()).hasSizeLessThan(25);
    assertThat(cli.out())
        .contains("ELBO", "by the counts", "in the latent representation", "ambient background")
        .contains("sc.read_h5ad", out.resolve("kang_pbmc_latent.h5ad").toString());
    assertThat(out.resolve("kang_pbmc_latent.h5ad")).exists();
    assertThat(out.resolve("model/model.json")).exists();
  }

  @Test
  void leavesOtherPeoplesFoldersAlone() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    assertThat(Cli.run("demo", "--out-dir", folder).mistake()).contains("thesis.txt", "--out-dir");
    assertThat(folder.resolve("thesis.txt")).hasContent("mine");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
