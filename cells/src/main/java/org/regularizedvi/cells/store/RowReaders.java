package org.regularizedvi.cells.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.regularizedvi.cells.SparseRows;

/**
 * Is the threads of this process that read stores: more than a machine may have processors, since a
 * disk is fastest when it is asked for many things at once. They read for whoever waits, who may be
 * interrupted; they never are, because that would close the file for all.
 */
final class RowReaders {
  private static final int THREADS = 16;
  private static final int ROWS_AT_ONCE = 16;
  private static final long IDLE_SECONDS = 30;

  private static final ThreadPoolExecutor POOL = pool();
  private static final ThreadLocal<RowReader> READER = ThreadLocal.withInitial(RowReader::new);

  private RowReaders() {}

  private static ThreadPoolExecutor pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("counts-", 1).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Reads rows, each into its place, so that the order in which threads come changes nothing.
   *
   * @param rows the modality
   * @param places the rows, -1 for empty ones
   * @param into takes the counts, and says by its indptr where they go
   * @throws Damage when a row is not as it was written
   */
  static void read(ModalityRows rows, int[] places, SparseRows into) throws IOException {
    int pieces = Math.ceilDiv(places.length, ROWS_AT_ONCE);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> readers = new ArrayList<>();
    for (int reader = 0; reader < Math.min(THREADS, pieces); reader++) {
      readers.add(
          POOL.submit(
              () -> {
                for (int piece = next.getAndIncrement();
                    piece < pieces;
                    piece = next.getAndIncrement()) {
                  int from = piece * ROWS_AT_ONCE;
                  int to = Math.min(places.length, from + ROWS_AT_ONCE);
                  READER.get().read(rows, places, from, to, into);
                }
                return null;
              }));
    }
    finish(readers);
  }

  /** Waits for all, since none may write into rows that were given away; throws what one threw. */
  private static void finish(List<Future<?>> readers) throws IOException {
    List<Throwable> thrown = new ArrayList<>();
    boolean interrupted = false;
    for (Future<?> reader : readers) {
      boolean waiting = true;
      while (waiting) {
        try {
          reader.get();
          waiting = false;
        } catch (ExecutionException e) {
          thrown.add(e.getCause());
          waiting = false;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (Throwable one : thrown) {
      switch (one) {
        case IOException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(one);
      }
    }
  }
}
