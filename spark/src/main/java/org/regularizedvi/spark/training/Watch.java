package org.regularizedvi.spark.training;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Follows one attempt from the driver: what its first worker says, which workers were lost with
 * their executors, and when all tasks have ended, also those of a job that has failed before.
 */
final class Watch extends SparkListener {
  private static final String GROUP = "spark.jobGroup.id";
  private static final long MILLIS_TO_BEGIN = 60_000;

  private final String group;
  private final Said said;
  private final Consumer<String> reader;
  private final Set<Integer> stages = new HashSet<>();
  private final Set<Long> running = new HashSet<>();
  private int read;
  private boolean written;
  private boolean over;
  private Optional<Lost> lost = Optional.empty();

  /**
   * Names a worker whose executor was lost.
   *
   * @param rank the worker
   * @param host the machine
   * @param why as Spark says
   */
  record Lost(int rank, String host, String why) {}

  /**
   * Begins to follow.
   *
   * @param group of the job, by which it is known
   * @param said holds what the first worker says
   * @param reader gets that, line by line
   */
  Watch(String group, Said said, Consumer<String> reader) {
    this.group = group;
    this.said = said;
    this.reader = reader;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    if (group.equals(job.properties().getProperty(GROUP))) {
      CollectionConverters.asJava(job.stageIds()).forEach(id -> stages.add((Integer) id));
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart task) {
    if (stages.contains(task.stageId())) {
      running.add(task.taskInfo().taskId());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (!running.remove(task.taskInfo().taskId())) {
      return;
    }
    switch (task.reason()) {
      case ExecutorLostFailure failure -> lose(task.taskInfo(), failure);
      case TaskKilled killed -> hear(killed.accumUpdates());
      default -> {} // what it says comes with its result
    }
    notifyAll();
  }

  private void lose(TaskInfo task, ExecutorLostFailure failure) {
    String why = failure.reason().isDefined() ? failure.reason().get() : "for no known reason";
    lost = lost.or(() -> Optional.of(new Lost(task.index(), task.host(), why)));
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd job) {
    over = !stages.isEmpty();
    notifyAll();
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate alive) {
    CollectionConverters.asJava(alive.accumUpdates()).forEach(task -> hear(task._4()));
  }

  private void hear(Seq<AccumulableInfo> updates) {
    for (AccumulableInfo info : CollectionConverters.asJava(updates)) {
      if (info.id() == said.id() && info.update().isDefined()) {
        @SuppressWarnings("unchecked") // what Said makes
        List<Word> words = (List<Word>) info.update().get();
        read(words);
      }
    }
  }

  /** Hands on what was not heard yet of all that was said so far. */
  synchronized void read(List<Word> words) {
    while (read < words.size()) {
      Word word = words.get(read++);
      written |= word.last();
      if (!word.last()) {
        reader.accept(word.line());
      }
    }
  }

  @Override
  public synchronized void onApplicationEnd(SparkListenerApplicationEnd end) {
    running.clear();
    over = true;
    notifyAll();
  }

  /**
   * Waits for the end of all tasks of a job that has failed. Those of a machine that is gone end
   * when Spark misses it.
   */
  synchronized void awaitEnd() {
    long begun = System.currentTimeMillis();
    try {
      while (!(over && running.isEmpty())
          && !(stages.isEmpty() && System.currentTimeMillis() - begun > MILLIS_TO_BEGIN)) {
        wait(MILLIS_TO_BEGIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return whether the first worker has written all outputs} */
  synchronized boolean written() {
    return written;
  }

  /** {@return the worker that was lost first; empty while all are there} */
  synchronized Optional<Lost> lost() {
    return lost;
  }
}
