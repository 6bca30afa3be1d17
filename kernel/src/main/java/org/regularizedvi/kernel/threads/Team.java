package org.regularizedvi.kernel.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Keeps a fixed team of threads that share out numbered tasks.
 *
 * <p>Who waits looks again and again for a while before he sleeps: a sleeper is often woken on the
 * core of who wakes him, and both then share it for milliseconds while another core is idle.
 */
public final class Team implements AutoCloseable {
  /**
   * The nanoseconds of looking before sleeping: longer than what a step does on one thread alone.
   */
  private static final long PATIENCE_NANOS = 3_000_000;

  /** The nanoseconds of looking without letting other threads have the core. */
  private static final long ALERT_NANOS = 50_000;

  private final List<Thread> others = new ArrayList<>();
  private volatile Job latest = new Job(0, (_, _) -> {}, Thread.currentThread());
  private volatile boolean closed;

  /** Does one of the tasks of a run. No two tasks run on one worker at once. */
  public interface Task {
    /**
     * Does a task.
     *
     * @param worker the place of the thread that does it, from 0 to below {@link #size}
     * @param task the place of the task in the run, from 0
     */
    void run(int worker, int task);
  }

  /**
   * Holds a run of the tasks {@code 0 .. tasks-1}. It is over when all tasks are done: who comes
   * late, because other programs kept his core, finds nothing left and holds nobody up.
   */
  private static final class Job {
    private final int tasks;
    private final Task task;
    private final Thread caller;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int tasks, Task task, Thread caller) {
      this.tasks = tasks;
      this.task = task;
      this.caller = caller;
    }

    void work(int worker) {
      for (int t = next.getAndIncrement(); t < tasks; t = next.getAndIncrement()) {
        if (failure.get() == null) {
          try {
            task.run(worker, t);
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          }
        }
        if (done.incrementAndGet() == tasks) {
          LockSupport.unpark(caller);
        }
      }
    }

    boolean over() {
      return done.get() == tasks;
    }
  }

  /**
   * Makes a team.
   *
   * @param size the number of threads, the caller's included, at least 1
   */
  public Team(int size) {
    Job before = latest; // a thread that starts late has seen no run yet
    for (int worker = 1; worker < size; worker++) {
      int number = worker;
      Thread thread = new Thread(() -> help(number, before), "regularizedvi-" + number);
      thread.setDaemon(true);
      others.add(thread);
      thread.start();
    }
  }

  /** {@return the number of threads, the caller's included} */
  public int size() {
    return others.size() + 1;
  }

  /**
   * Runs the tasks {@code 0 .. tasks-1}, each once, on whichever worker is free; the caller is
   * worker 0.
   *
   * @param tasks the number of tasks
   * @param task does each of them
   * @throws IllegalStateException when a task threw, with what it threw as the cause
   */
  public void run(int tasks, Task task) {
    Job job = new Job(tasks, task, Thread.currentThread());
    latest = job;
    others.forEach(LockSupport::unpark);
    job.work(0);
    await(job::over);
    if (job.failure.get() != null) {
      throw new IllegalStateException("A worker failed", job.failure.get());
    }
  }

  private void help(int worker, Job before) {
    Job seen = before;
    while (!closed) {
      Job last = seen;
      await(() -> latest != last || closed);
      seen = latest;
      seen.work(worker);
    }
  }

  private static void await(BooleanSupplier over) {
    long start = System.nanoTime();
    while (!over.getAsBoolean()) {
      long waited = System.nanoTime() - start;
      if (waited < ALERT_NANOS) {
        Thread.onSpinWait();
      } else if (waited < PATIENCE_NANOS) {
        Thread.yield();
      } else {
        LockSupport.park();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    others.forEach(LockSupport::unpark);
  }
}
