package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A model that a killed run had moved away is back when the next command asks for it. */
@DisabledOnOs(OS.WINDOWS)
class PutBackTest {
  @TempDir Path folder;

  @Test
  void theNextCommandPutsItBackAndSaysSo() throws IOException {
    TrainedModel model = TrainedModel.ofTinyCells(folder);
    Path left = Files.createDirectory(folder.resolve(".model.0123abcd.tmp"));
    Files.createFile(left.resolve("lock"));
    Files.createDirectory(left.resolve("new"));
    Files.move(model.folder(), left.resolve("old000"));
    Path out = folder.resolve("out.h5ad");
    Cli embedded = model.ask("embed", out);
    assertThat(embedded.code()).as(embedded.err()).isZero();
    assertThat(embedded.err().lines().findFirst())
        .contains(
            "warning: a run was killed while it replaced %s; what it held before is back in its place."
                .formatted(model.folder()));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("cells.h5ad", "model", "out.h5ad");
  }
}
