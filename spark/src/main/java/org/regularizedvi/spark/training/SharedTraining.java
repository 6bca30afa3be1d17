package org.regularizedvi.spark.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.regularizedvi.cli.Console;
import org.regularizedvi.cli.Mistakes;
import org.regularizedvi.input.InputException;

/**
 * Trains with many processes, from the driver: attempt by attempt, each from the newest checkpoint,
 * until all workers have trained to the end.
 */
public final class SharedTraining {
  private static final String ALLOCATION = "spark.dynamicAllocation.enabled";
  private static final String FAILURES = "spark.task.maxFailures";
  private static final int USUAL_FAILURES = 4;

  private final SparkContext spark;
  private final int workers;
  private final CommandParser parser;
  private final Supplier<Optional<Path>> newestCheckpoint;
  private final Console console;
  private final int mostAttempts;
  private final String group = "regularizedvi-" + UUID.randomUUID();
  private volatile boolean stopping;

  /**
   * Prepares to train.
   *
   * @param spark the context
   * @param workers how many tasks train together, at least 1
   * @param parser makes the command of the training in each
   * @param newestCheckpoint looks for the newest checkpoint
   * @param console is told what the first worker says, and of lost executors
   * @throws InputException when Spark may take executors away and give them back
   */
  public SharedTraining(
      SparkContext spark,
      int workers,
      CommandParser parser,
      Supplier<Optional<Path>> newestCheckpoint,
      Console console) {
    this(
        spark,
        workers,
        parser,
        newestCheckpoint,
        console,
        spark.getConf().getInt(FAILURES, USUAL_FAILURES));
  }

  /** Prepares to train, in so many attempts without a new checkpoint between them. */
  SharedTraining(
      SparkContext spark,
      int workers,
      CommandParser parser,
      Supplier<Optional<Path>> newestCheckpoint,
      Console console,
      int mostAttempts) {
    if (spark.getConf().getBoolean(ALLOCATION, false)) {
      throw new InputException(
          "Workers of a training are there all at once, but Spark may take executors away and give them back; expected --conf %s=false."
              .formatted(ALLOCATION));
    }
    this.spark = spark;
    this.workers = workers;
    this.parser = parser;
    this.newestCheckpoint = newestCheckpoint;
    this.console = console;
    this.mostAttempts = mostAttempts;
  }

  /**
   * Trains to the end.
   *
   * @return the exit code: 0, 1 for a bug of ours, 137 when a worker's memory runs out, 143 when
   *     this was told to stop
   * @throws InputException for a user's mistake that a worker met; or when executors are lost again
   *     and again before there is another checkpoint
   */
  public int run() {
    Optional<Path> newest = newestCheckpoint.get();
    int attempts = 0;
    while (true) {
      Attempt attempt = Attempt.run(spark, group, workers, parser, console::say);
      if (attempt.written()) {
        return 0;
      } else if (stopping) {
        return Mistakes.STOPPED;
      } else if (!attempt.failed().isEmpty()) {
        return report(attempt.failed());
      }
      String loss = loss(attempt);
      Optional<Path> now = newestCheckpoint.get();
      attempts = now.equals(newest) ? attempts + 1 : 1;
      newest = now;
      requireAnother(attempts, loss);
      console.warn(
          "%s; %s"
              .formatted(
                  loss,
                  newest
                      .map("training goes on from checkpoint %s"::formatted)
                      .orElse("training begins anew, as there is no checkpoint yet")));
    }
  }

  /**
   * Has all workers end after their step, once the first has written a checkpoint; {@link #run}
   * then returns.
   */
  public void stop() {
    console.say("stopping after this step");
    stopping = true;
    spark.cancelJobGroupAndFutureJobs(group);
  }

  private String loss(Attempt attempt) {
    return attempt
        .loss(workers)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The training's stage failed", attempt.failure().orElse(null)));
  }

  private void requireAnother(int attempts, String loss) {
    if (attempts >= mostAttempts) {
      throw new InputException(
          "%s; this was attempt %d without a new checkpoint, and --conf %s allows no more: the same command tries again."
              .formatted(loss, attempts, FAILURES));
    }
  }

  /** What the program on one machine says of memory names options that a worker does not have. */
  private static String words(Ended failed) {
    return failed.code() == Mistakes.OUT_OF_MEMORY
        ? "its memory is not enough; give executors more with --conf spark.executor.memory and spark.executor.memoryOverhead, or take a smaller --batch-size or --n-hidden."
        : failed.text();
  }

  private int report(List<Ended> failed) {
    Ended first = failed.getFirst();
    boolean all =
        failed.size() == workers && failed.stream().map(Ended::text).distinct().count() == 1;
    String who =
        all
            ? ""
            : "Worker %d of %d (counted from 0) on %s: "
                .formatted(first.rank(), workers, first.host());
    if (first.code() == Mistakes.MISTAKE) {
      throw new InputException(who + first.text());
    }
    console.err().println("regularizedvi: " + who + words(first));
    return first.code();
  }
}
