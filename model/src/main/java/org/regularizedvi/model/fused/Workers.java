package org.regularizedvi.model.fused;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * A fixed team of threads that share out numbered tasks. Every thread calls libtorch with a single
 * library thread: no barriers within a product, no second pool that competes for the cores.
 */
public final class Workers implements AutoCloseable {
  private final int size;
  private final PartTimes times;
  private final ExecutorService others;

  /**
   * A task of a run; {@code worker} is below {@link #size} and no two tasks run on one worker at
   * once.
   */
  public interface Task {
    void run(int worker, int task);
  }

  /** A team of so many threads, the caller's included. */
  public Workers(int size) {
    this.size = size;
    this.times = new PartTimes(size);
    AtomicInteger number = new AtomicInteger();
    this.others =
        size == 1
            ? null
            : Executors.newFixedThreadPool(
                size - 1,
                body -> {
                  Thread thread =
                      new Thread(
                          () -> {
                            torch.set_num_threads(1);
                            body.run();
                          },
                          "regularizedvi-" + number.incrementAndGet());
                  thread.setDaemon(true);
                  return thread;
                });
    torch.set_num_threads(1);
    openblas.blas_set_num_threads(1);
  }

  PartTimes times() {
    return times;
  }

  int size() {
    return size;
  }

  /**
   * Runs tasks {@code 0 .. tasks-1}, each once, on whichever worker is free; the caller is worker
   * 0.
   */
  public void run(int tasks, Task task) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    int helpers = Math.min(size - 1, tasks - 1);
    CountDownLatch done = new CountDownLatch(Math.max(0, helpers));
    for (int helper = 1; helper <= helpers; helper++) {
      int worker = helper;
      others.execute(
          () -> {
            work(worker, tasks, next, task, failure);
            done.countDown();
          });
    }
    work(0, tasks, next, task, failure);
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for workers", e);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("A worker failed", failure.get());
    }
  }

  private static void work(
      int worker, int tasks, AtomicInteger next, Task task, AtomicReference<Throwable> failure) {
    try {
      for (int t = next.getAndIncrement();
          t < tasks && failure.get() == null;
          t = next.getAndIncrement()) {
        task.run(worker, t);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdown();
    }
  }
}
