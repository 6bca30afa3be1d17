package org.regularizedvi.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cli.demo.DemoFolder;

/** What two executors train is what one process trains, to the bit: 2,000 cells of Kang et al. */
@Timeout(600)
class TrainingTest {
  private static final List<Object> OPTIONS =
      List.of(
          "--batch-key",
          "condition",
          "--nn-conditioning-covariate-keys",
          "condition",
          "--n-hidden",
          16,
          "--n-latent",
          5,
          "--max-epochs",
          3,
          "--train-size",
          0.9,
          "--batch-size",
          256,
          "--precision",
          "float32");

  @TempDir static Path dir;
  private static Path cells;

  @BeforeAll
  static void trainOnOneMachine() {
    DemoFolder demo = new DemoFolder(dir.resolve("demo"));
    demo.prepare();
    cells = demo.data();
    Program.onOneMachine(
            // The model's folder says how many threads there were.
            arguments("one", "--threads", 1, "--latent-out", latent("one")))
        .well();
  }

  private static Path latent(String name) {
    return dir.resolve(name + ".csv");
  }

  private static Object[] arguments(String name, Object... more) {
    return Stream.of(
            Stream.of("train", cells, "--model-dir", dir.resolve(name)),
            OPTIONS.stream(),
            Stream.of(more))
        .flatMap(part -> part)
        .toArray();
  }

  private static void assertSameModel(String name) throws IOException {
    for (String file : List.of("model.safetensors", "model.json")) {
      assertThat(Files.mismatch(dir.resolve("one").resolve(file), dir.resolve(name).resolve(file)))
          .as("%s of %s", file, name)
          .isEqualTo(-1);
    }
    assertThat(dir.resolve(name + ".checkpoint")).doesNotExist();
  }

  /** Files as a user names them, in a working folder that is not the executors'. */
  @Test
  void theSameBytes() throws IOException {
    Path there = dir.resolve("two");
    Path here = Path.of("").toAbsolutePath();
    Path options = dir.resolve("options.yaml");
    Files.writeString(
        options, "workers: 2\nlatent_out: %s\n".formatted(here.relativize(latent("two"))));
    Program run = Program.onSpark(arguments("two", "--config", here.relativize(options))).well();
    assertSameModel("two");
    assertThat(latent("two")).hasSameBinaryContentAs(latent("one"));
    assertThat(run.err())
        .contains("training on 1,800 cells, validating on 200, up to 3 epochs of")
        .contains("trained 3 epochs in")
        .contains("wrote " + there);
  }

  /** Kills the executor of a worker once there are some checkpoints. */
  private static final class Killer extends SparkListener {
    private static final String SOME = "000004";

    private final int rank;
    private final Path checkpoints;
    private final Map<String, Long> executors = Executors.processes(Cluster.session());
    private final Map<Integer, String> ranks = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::kill, "killer");
    private volatile boolean killed;

    Killer(int rank, Path checkpoints) {
      this.rank = rank;
      this.checkpoints = checkpoints;
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      ranks.putIfAbsent(start.taskInfo().index(), start.taskInfo().executorId());
    }

    private void kill() {
      try {
        while (!Files.exists(checkpoints.resolve(SOME))) {
          Thread.sleep(1);
        }
        ProcessHandle.of(executors.get(ranks.get(rank))).orElseThrow().destroyForcibly();
        killed = true;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void anExecutorLostInTraining() throws IOException {
    for (int rank : new int[] {1, 0}) {
      String name = "lost%d".formatted(rank);
      Killer killer = new Killer(rank, dir.resolve(name + ".checkpoint"));
      Cluster.session().sparkContext().addSparkListener(killer);
      Program run;
      try {
        run = Program.onSpark(arguments(name, "--workers", 2, "--checkpoint-minutes", 1e-9)).well();
      } finally {
        Cluster.session().sparkContext().removeSparkListener(killer);
      }
      assertThat(killer.killed).isTrue();
      assertSameModel(name);
      assertThat(run.err())
          .containsPattern(
              "warning: Worker %d of 2 \\(counted from 0\\) was lost with its executor on \\S+ \\(.+\\); training goes on from checkpoint \\S+%s"
                  .formatted(rank, name + "\\.checkpoint/\\d{6}\n"))
          .containsPattern("going on from epoch \\d of 3, step \\d+ of \\d+");
    }
  }
}
