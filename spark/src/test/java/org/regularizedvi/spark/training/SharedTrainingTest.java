package org.regularizedvi.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cli.Console;
import org.regularizedvi.engine.LostPeerException;
import org.regularizedvi.input.InputException;
import org.regularizedvi.spark.Cluster;
import org.regularizedvi.spark.ManyCells;
import org.regularizedvi.spark.Program;
import org.regularizedvi.spark.command.SparkPrograms;
import org.regularizedvi.spark.question.OptionTexts;
import org.regularizedvi.training.continuation.CheckpointFolder;

/** How a training by two executors ends other than well: one sentence that names the worker. */
@Timeout(300)
class SharedTrainingTest {
  @TempDir static Path dir;
  private static Path cells;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeAll
  static void write() {
    cells = ManyCells.write(dir.resolve("cells.h5ad"), 0, 500);
  }

  private static List<String> arguments(Path input, String name, Object... more) {
    return Stream.concat(
            Stream.of(
                "train",
                input,
                "--model-dir",
                dir.resolve(name),
                "--batch-key",
                "batch",
                "--n-hidden",
                16,
                "--n-latent",
                5,
                "--workers",
                2),
            Stream.of(more))
        .map(Object::toString)
        .toList();
  }

  /** Prepares a training in which the second worker may have other arguments than the first. */
  private SharedTraining training(List<String> first, List<String> second, Path checkpoints) {
    List<String> one = new ArrayList<>(first);
    List<String> two = new ArrayList<>(second);
    return new SharedTraining(
        Cluster.session().sparkContext(),
        2,
        console ->
            SparkPrograms.training(
                OptionTexts.here(TaskContext.getPartitionId() == 0 ? one : two), console),
        () -> CheckpointFolder.newest(checkpoints),
        new Console(System.out, new PrintStream(said, true, StandardCharsets.UTF_8), false));
  }

  private void assertMistake(List<String> first, List<String> second, String sentence) {
    assertThatThrownBy(() -> training(first, second, dir.resolve("no.checkpoint")).run())
        .isInstanceOf(InputException.class)
        .hasMessageMatching(sentence);
    assertThat(dir.resolve("no")).doesNotExist();
    assertThat(dir.resolve("no.checkpoint")).doesNotExist();
  }

  @Test
  void otherOptions() {
    assertMistake(
        arguments(cells, "no"),
        arguments(cells, "no", "--seed", 3, "--lr", 0.02),
        "Worker 1 does not train what worker 0 does: seed is 0 there and 3 here, .*lr is .*;"
            + " give all workers the same data, options and version, on processors of one kind\\.");
  }

  @Test
  void otherCells() {
    Path others = ManyCells.write(dir.resolve("others.h5ad"), 1, 501);
    assertMistake(
        arguments(cells, "no"),
        arguments(others, "no"),
        "Worker 1 does not train what worker 0 does: data_digest is .* there and .* here.*");
  }

  @Test
  void aFileThatOneWorkerDoesNotSee() {
    assertMistake(
        arguments(cells, "no"),
        arguments(dir.resolve("absent.h5ad"), "no"),
        "Worker 1 of 2 \\(counted from 0\\) on \\S+: There is no file %s\\."
            .formatted(dir.resolve("absent.h5ad")));
  }

  @Test
  void aBugOfOursIsShown() {
    SharedTraining training =
        training(
            _ -> {
              throw new IllegalStateException("odd");
            });
    assertThat(training.run()).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("regularizedvi: java.lang.IllegalStateException: odd\n\tat ");
  }

  @Test
  void aWorkerWithoutMemory() {
    SharedTraining training =
        training(
            _ -> {
              if (TaskContext.getPartitionId() == 1) {
                throw new OutOfMemoryError("Java heap space");
              }
              throw new LostPeerException(1, 2, "has ended");
            });
    assertThat(training.run()).isEqualTo(137);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .matches(
            "regularizedvi: Worker 1 of 2 \\(counted from 0\\) on \\S+: its memory is not enough; give executors more .*\n");
  }

  private SharedTraining training(CommandParser parser) {
    return new SharedTraining(
        Cluster.session().sparkContext(),
        2,
        parser,
        Optional::empty,
        new Console(System.out, new PrintStream(said, true, StandardCharsets.UTF_8), false));
  }

  @Test
  void anExecutorThatIsLostAgainAndAgain() {
    SharedTraining training =
        new SharedTraining(
            Cluster.session().sparkContext(),
            2,
            _ -> {
              if (TaskContext.getPartitionId() == 1) {
                Runtime.getRuntime().halt(9);
              }
              throw new LostPeerException(1, 2, "has ended");
            },
            Optional::empty,
            new Console(System.out, new PrintStream(said, true, StandardCharsets.UTF_8), false),
            2);
    assertThatThrownBy(training::run)
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "Worker 1 of 2 \\(counted from 0\\) was lost with its executor on \\S+ \\(.+\\); this was attempt 2 without a"
                + " new checkpoint, and --conf spark.task.maxFailures allows no more: the same command tries again\\.");
    assertThat(said.toString(StandardCharsets.UTF_8))
        .containsPattern(
            "warning: Worker 1 of 2 .* was lost .*; training begins anew, as there is no checkpoint yet");
  }

  @Test
  void noRoomForSoMany() {
    assertThatThrownBy(
            () ->
                new SharedTraining(
                        Cluster.session().sparkContext(),
                        3,
                        _ -> null,
                        Optional::empty,
                        new Console(System.out, System.err, false))
                    .run())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "A training by 3 workers needs room for 3 tasks at once, but Spark has room for 2; expected fewer --workers, or more executors or cores.");
  }

  /** As SIGTERM to the driver does. */
  @Test
  void stoppedAndGoneOnWith() throws Exception {
    Path whole = dir.resolve("whole");
    Program.onOneMachine(
            arguments(cells, "whole", "--max-epochs", 12, "--batch-size", 100).stream()
                .filter(argument -> !List.of("--workers", "2").contains(argument))
                .toArray())
        .well();
    List<String> arguments =
        arguments(
            cells,
            "stopped",
            "--max-epochs",
            12,
            "--batch-size",
            100,
            "--checkpoint-minutes",
            1e-9);
    Path checkpoints = dir.resolve("stopped.checkpoint");
    SharedTraining training = training(arguments, arguments, checkpoints);
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (CheckpointFolder.newest(checkpoints).isEmpty()) {
                    Thread.onSpinWait();
                  }
                  training.stop();
                });
    assertThat(training.run()).isEqualTo(143);
    stopper.join();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .containsPattern(
            "stopping after this step\n(.*\n)*stopped in epoch \\d+ after \\d+ of its steps; the same command"
                + " goes on from there \\(checkpoint \\S+stopped.checkpoint/\\d+\\)");
    assertThat(dir.resolve("stopped")).doesNotExist();
    assertThat(CheckpointFolder.newest(checkpoints)).isPresent();
    assertThat(training(arguments, arguments, checkpoints).run()).isZero();
    assertThat(
            Files.mismatch(
                whole.resolve("model.safetensors"), dir.resolve("stopped/model.safetensors")))
        .isEqualTo(-1);
  }

  @Test
  void whatTheDriverCanSee() {
    assertThat(spark("train", cells, "--workers", 2))
        .startsWith("train needs --out OUT, --model-dir DIR or both");
    assertThat(spark(arguments(cells, "no").toArray(), "--threads", 3))
        .startsWith("there is no option '--threads'");
    assertThat(Program.onSpark("train", "--help").well().out())
        .contains("--workers=N", "--seed=N")
        .doesNotContain("--threads");
    assertThat(spark("train", cells, "--model-dir", dir.resolve("no")))
        .isEqualTo("train needs --workers N; see regularizedvi-spark train --help.");
    assertThat(spark("train", cells, "--model-dir", dir.resolve("no"), "--workers", 0))
        .isEqualTo("workers must be at least 1, but is 0.");
    assertThat(spark(arguments(dir.resolve("absent.h5ad"), "no").toArray()))
        .isEqualTo("There is no file %s.".formatted(dir.resolve("absent.h5ad")));
    Path there = ManyCells.model(dir.resolve("there"), cells);
    assertThat(spark(arguments(cells, "there").toArray()))
        .startsWith("%s already holds a model".formatted(there));
    assertThat(dir.resolve("no.checkpoint")).doesNotExist();
  }

  private static String spark(Object... arguments) {
    return Program.onSpark(arguments).mistake();
  }

  private static String spark(Object[] arguments, Object... more) {
    return spark(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray());
  }
}
