package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training killed by SIGKILL, which no program can prepare for, and the same command given again:
 * model folder and output are those of a run that nobody disturbed, byte for byte.
 */
@DisabledOnOs(OS.WINDOWS)
class KilledRunTest {
  private static final List<String> MADE =
      List.of("out.h5ad", "model/model.json", "model/model.safetensors");

  @TempDir Path folder;
  private Sandbox sandbox;
  private Path input;
  private byte[] inputBytes;
  private Path undisturbed;

  /** Milliseconds from the start to the first checkpoint, and from there to the end. */
  private int starting;

  private int training;

  @BeforeEach
  void undisturbed() throws Exception {
    sandbox = Sandbox.withProgram(folder).forShortRuns();
    input = TinyData.write(folder.resolve("cells.h5ad"), TinyData.genes(), "a", "b");
    inputBytes = Files.readAllBytes(input);
    undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
    long start = System.nanoTime();
    Process process = start(undisturbed);
    waitForCheckpoint(undisturbed, process);
    starting = (int) ((System.nanoTime() - start) / 1_000_000);
    assertThat(process.waitFor()).as(sandbox.err()).isZero();
    training = (int) ((System.nanoTime() - start) / 1_000_000) - starting;
  }

  /** Waits for one more checkpoint than there are, or the end. */
  private static void waitForCheckpoint(Path target, Process process) throws Exception {
    List<String> before = checkpoints(target);
    while (checkpoints(target).equals(before) && process.isAlive()) {
      Thread.sleep(5);
    }
  }

  /** A training of 240 steps with a checkpoint every 60 ms. */
  private String[] command(Path target) {
    return new String[] {
      "train",
      input.toString(),
      "--out",
      target.resolve("out.h5ad").toString(),
      "--model-dir",
      target.resolve("model").toString(),
      "--batch-key",
      "batch",
      "--n-hidden",
      "8",
      "--batch-size",
      "10",
      "--max-epochs",
      "40",
      "--threads",
      "1",
      "--checkpoint-minutes",
      "0.001"
    };
  }

  @Test
  void killedThreeTimesInTrainingItEndsInTheSameBits() throws Exception {
    Path target = Files.createDirectory(folder.resolve("killed"));
    Random random = new Random(5);
    for (int kill = 0; kill < 3; kill++) {
      Process process = start(target);
      waitForCheckpoint(target, process);
      process.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    assertThat(target.resolve("model")).doesNotExist();
    Cli last = sandbox.run(command(target));
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(last.err()).contains("going on from epoch ");
    assertSame(target);
    assertThat(Files.readString(target.resolve("model/run.json"))).contains("\"went_on\" : true");
    assertThat(Files.readString(undisturbed.resolve("model/run.json")))
        .contains("\"went_on\" : false");
  }

  /** Every fourth at any moment of the run, the others at any moment after the first checkpoint. */
  @Test
  @Tag("long")
  void killedAtAHundredRandomMoments() throws Exception {
    int kills = Integer.getInteger("kills", 100);
    Random random = new Random(7);
    Map<String, Integer> counts = new TreeMap<>();
    for (int kill = 0; kill < kills; kill++) {
      Path target = Files.createDirectory(folder.resolve("killed" + kill));
      Process process = start(target);
      if (kill % 4 == 0) {
        process.waitFor(random.nextInt(starting + training), TimeUnit.MILLISECONDS);
      } else {
        waitForCheckpoint(target, process);
        process.waitFor(random.nextInt(training), TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
      String when;
      if (finished(target)) {
        when = "killed when all was written";
      } else {
        Cli rest = sandbox.run(command(target));
        assertThat(rest.code()).as("kill %d: %s", kill, rest.err()).isZero();
        assertThat(rest.err()).doesNotContain("damaged");
        when =
            rest.err().contains("going on from")
                ? "went on from a checkpoint"
                : rest.err().contains("training was over")
                    ? "had only outputs to write"
                    : "began anew, killed before the first checkpoint";
      }
      counts.merge(when, 1, Integer::sum);
      assertSame(target);
    }
    System.out.printf(
        "an undisturbed run took %d ms, %d of them before its first checkpoint; of %d killed runs: %s%n",
        starting + training, starting, kills, counts);
    assertThat(counts.get("went on from a checkpoint")).isGreaterThanOrEqualTo(kills / 2);
  }

  private Process start(Path target) throws IOException {
    return sandbox.start(sandbox.root.resolve("regularizedvi"), folder, command(target));
  }

  /** Outputs are there and no checkpoint is. */
  private static boolean finished(Path target) throws IOException {
    for (String name : MADE) {
      if (!Files.exists(target.resolve(name))) {
        return false;
      }
    }
    return checkpoints(target).isEmpty();
  }

  private static List<String> checkpoints(Path target) throws IOException {
    Path checkpoints = target.resolve("model.checkpoint");
    if (!Files.exists(checkpoints)) {
      return List.of();
    }
    try (var files = Files.list(checkpoints)) {
      return files
          .map(p -> p.getFileName().toString())
          .filter(name -> name.matches("[0-9]{6}"))
          .sorted()
          .toList();
    }
  }

  private void assertSame(Path target) throws IOException {
    for (String name : MADE) {
      assertThat(Files.mismatch(target.resolve(name), undisturbed.resolve(name)))
          .as("%s of %s", name, target)
          .isEqualTo(-1);
    }
    assertThat(finished(target)).isTrue();
    assertThat(target.toFile().list()).containsExactlyInAnyOrder("out.h5ad", "model");
    assertThat(Files.readAllBytes(input)).isEqualTo(inputBytes);
  }
}
