package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** A pass over cells shows how far it is. */
class PassProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos;

  private String told(boolean live, int seconds) {
    PrintStream out = new PrintStream(OutputStream.nullOutputStream());
    Console console = new Console(out, new PrintStream(err, true, UTF_8), live);
    PassProgress progress = new PassProgress(console, () -> nanos);
    for (int rows = 5; rows <= 100; rows += 5) {
      nanos += seconds * 1_000_000_000L / 20;
      progress.read("rna: cell", rows, 100);
      progress.read("atac: cell", rows, 100);
    }
    for (int rows = 25; rows <= 100; rows += 25) {
      nanos += seconds * 1_000_000_000L;
      progress.read("rna: cell", rows, 100);
    }
    return err.toString(UTF_8);
  }

  @Test
  void aLineForEveryTenth() {
    assertThat(told(false, 40).lines())
        .hasSize(11)
        .startsWith(
            "rna: cell 10 of 100 (10 %), 36 s left", "rna: cell 20 of 100 (20 %), 32 s left")
        .endsWith(
            "rna: cell 90 of 100 (90 %), 4 s left",
            "rna: cell 50 of 100 (50 %), 1 min 20 s left", "rna: cell 75 of 100 (75 %), 40 s left");
  }

  @Test
  void aShortPassNeedsNone() {
    assertThat(told(false, 2)).isEmpty();
  }

  @Test
  void onATerminalOneLineIsWrittenOver() {
    assertThat(told(true, 40))
        .startsWith("\r\033[Krna: cell 10 of 100 (10 %), ")
        .contains("\r\033[Krna: cell 100 of 100 (100 %), 0 s left")
        .endsWith("\r\033[K")
        .doesNotContain("\n");
  }
}
