package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run killed by SIGKILL while it writes its output leaves what was there or the whole new file,
 * and what else it left goes with the next run.
 */
@DisabledOnOs(OS.WINDOWS)
class KilledWritingTest {
  private static final int CELLS = 20_000;

  @TempDir Path folder;
  private Sandbox sandbox;
  private Path outputs;
  private String[] command;
  private byte[] input;
  private byte[] whole;
  private int milliseconds;

  @BeforeEach
  void undisturbed() throws Exception {
    TrainedModel model = TrainedModel.ofTinyCells(folder);
    Path cells = TinyData.write(folder.resolve("more.h5ad"), CELLS, TinyData.genes(), "a", "b");
    input = Files.readAllBytes(cells);
    outputs = Files.createDirectory(folder.resolve("outputs"));
    command =
        new String[] {
          "embed",
          cells.toString(),
          "--model-dir",
          model.folder().toString(),
          "--out",
          out().toString(),
          "--overwrite",
          "--trust-input"
        };
    sandbox = Sandbox.withProgram(folder).forShortRuns();
    Process process = start();
    waitUntilItWrites(process);
    long start = System.nanoTime();
    assertThat(process.waitFor()).as(sandbox.err()).isZero();
    milliseconds = (int) ((System.nanoTime() - start) / 1_000_000);
    whole = Files.readAllBytes(out());
  }

  private Path out() {
    return outputs.resolve("out.h5ad");
  }

  private Process start() throws IOException {
    return sandbox.start(sandbox.root.resolve("regularizedvi"), folder, command);
  }

  /** Waits until part of the output is there, under a hidden name, or the process has ended. */
  private void waitUntilItWrites(Process process) throws Exception {
    while (!writes() && process.isAlive()) {
      Thread.sleep(1);
    }
  }

  private boolean writes() throws IOException {
    try (Stream<Path> files = Files.walk(outputs, 2)) {
      return files.anyMatch(
          file -> file.getFileName().toString().equals("new") && file.toFile().length() > 0);
    } catch (NoSuchFileException e) {
      return false; // gone while it was looked for
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  @Test
  void killedAFewTimes() throws Exception {
    kill(4);
  }

  @Test
  @Tag("long")
  void killedAHundredTimes() throws Exception {
    kill(Integer.getInteger("kills", 100));
  }

  private void kill(int times) throws Exception {
    Random random = new Random(3);
    Map<String, Integer> counts = new TreeMap<>();
    for (int kill = 0; kill < times; kill++) {
      boolean old = kill % 2 == 0;
      Files.deleteIfExists(out());
      if (old) {
        Files.writeString(out(), "old");
      }
      try (Stream<Path> left = hidden()) {
        left.forEach(path -> assertThat(path).isDirectory()); // for this run to remove
      }
      Process process = start();
      waitUntilItWrites(process);
      process.waitFor(random.nextInt(milliseconds), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      counts.merge(found(old), 1, Integer::sum);
      assertThat(Files.readAllBytes(Path.of(command[1]))).isEqualTo(input);
      try (Stream<Path> left = hidden()) {
        assertThat(left.count()).as("left by this run alone").isLessThanOrEqualTo(1);
      }
    }
    System.out.printf(
        "%d kills within the %d ms in which the output is written: %s%n",
        times, milliseconds, counts);
    Cli cli = sandbox.run(command);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(outputs.toFile().list()).containsExactly("out.h5ad");
    assertThat(Files.readAllBytes(out())).isEqualTo(whole);
  }

  private Stream<Path> hidden() throws IOException {
    return Files.list(outputs).filter(path -> path.getFileName().toString().startsWith("."));
  }

  /** What the target is after a kill; fails when it is neither what was there nor the new file. */
  private String found(boolean old) throws IOException {
    if (!Files.exists(out())) {
      assertThat(old).as("the old file was there").isFalse();
      return "absent";
    }
    byte[] bytes = Files.readAllBytes(out());
    if (bytes.length == 3) {
      assertThat(out()).hasContent("old");
      return "old";
    }
    assertThat(bytes).isEqualTo(whole);
    return "new";
  }
}
