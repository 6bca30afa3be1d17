package org.regularizedvi.formats.zarr;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.regularizedvi.input.InputException;

/** Shares tasks that do not depend on each other out among all threads. */
final class AllThreads {
  private AllThreads() {}

  /**
   * Does the tasks 0 to {@code tasks - 1}.
   *
   * @param worker gives each thread what does one task after another
   * @throws InputException that of the first task which fails, in their order and not in time
   */
  static void run(long tasks, Supplier<LongConsumer> worker) {
    AtomicLong next = new AtomicLong();
    ConcurrentSkipListMap<Long, InputException> failed = new ConcurrentSkipListMap<>();
    int threads = (int) Math.min(tasks, ForkJoinPool.getCommonPoolParallelism() + 1);
    IntStream.range(0, threads)
        .parallel()
        .forEach(
            _ -> {
              LongConsumer own = worker.get();
              // Tasks begin in their order, so those before a failure have begun, and are finished.
              for (long i = next.getAndIncrement();
                  i < tasks && failed.isEmpty();
                  i = next.getAndIncrement()) {
                try {
                  own.accept(i);
                } catch (InputException e) {
                  failed.put(i, e);
                }
              }
            });
    Map.Entry<Long, InputException> first = failed.firstEntry();
    if (first != null) {
      throw first.getValue();
    }
  }
}
