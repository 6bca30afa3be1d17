package org.regularizedvi.spark.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.BarrierJobSlotsNumberCheckFailed;
import org.regularizedvi.input.InputException;
import org.regularizedvi.spark.peers.Secret;
import scala.Option;
import scala.reflect.ClassTag;

/**
 * Is what came of one barrier stage.
 *
 * @param ended how each worker ended, by rank; empty when the stage failed
 * @param written whether the first worker has written all outputs
 * @param lost the worker whose executor was lost first; empty while all were there
 * @param failure why the stage failed, as Spark says; empty when it did not
 */
record Attempt(
    List<Ended> ended, boolean written, Optional<Watch.Lost> lost, Optional<Throwable> failure) {
  /**
   * {@return what came of a stage, in which all workers train}
   *
   * @param spark the context
   * @param group by which the job can be cancelled
   * @param workers how many
   * @param parser makes the command of the training in each
   * @param reader gets what the first worker says, line by line
   * @throws InputException when Spark has no room for so many tasks at once
   */
  static Attempt run(
      SparkContext spark,
      String group,
      int workers,
      CommandParser parser,
      Consumer<String> reader) {
    Said said = new Said();
    said.register(spark, Option.empty(), true); // also when the task is ended before its time
    Watch watch = new Watch(group, said, reader);
    spark.addSparkListener(watch);
    spark.setJobGroup(group, "regularizedvi train", false);
    try {
      List<Ended> ended = stage(spark, workers, new WorkerTask(parser, Secret.draw(), said));
      watch.read(said.value());
      return new Attempt(ended, watch.written(), Optional.empty(), Optional.empty());
    } catch (Throwable e) { // Scala throws checked exceptions without saying so
      if (e instanceof BarrierJobSlotsNumberCheckFailed slots) {
        throw noRoom(slots);
      }
      watch.awaitEnd();
      return new Attempt(List.of(), watch.written(), watch.lost(), Optional.of(e));
    } finally {
      spark.clearJobGroup();
      spark.removeSparkListener(watch);
    }
  }

  private static List<Ended> stage(SparkContext spark, int workers, WorkerTask task) {
    List<Integer> ranks = IntStream.range(0, workers).boxed().toList();
    Object ended =
        JavaSparkContext.fromSparkContext(spark)
            .parallelize(ranks, workers)
            .rdd()
            .barrier()
            .mapPartitions(task, false, ClassTag.apply(Ended.class))
            .collect();
    return Arrays.asList((Ended[]) ended);
  }

  private static InputException noRoom(BarrierJobSlotsNumberCheckFailed slots) {
    return new InputException(
        "A training by %d workers needs room for %d tasks at once, but Spark has room for %d; expected fewer --workers, or more executors or cores."
            .formatted(
                slots.requiredConcurrentTasks(),
                slots.requiredConcurrentTasks(),
                slots.maxConcurrentTasks()),
        slots);
  }

  /** {@return the workers that ended for reasons of their own} */
  List<Ended> failed() {
    return ended.stream().filter(Ended::failed).toList();
  }

  /** {@return what became of a worker that others have lost, as the beginning of a sentence} */
  Optional<String> loss(int workers) {
    return lost.map(
            own ->
                "Worker %d of %d (counted from 0) was lost with its executor on %s (%s)"
                    .formatted(own.rank(), workers, own.host(), own.why().strip()))
        .or(() -> ended.stream().filter(Ended::lostPeer).map(Ended::text).findFirst())
        .map(sentence -> sentence.replaceFirst("\\.$", ""));
  }
}
