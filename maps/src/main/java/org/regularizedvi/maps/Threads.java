package org.regularizedvi.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Shares pieces of work among threads. Each piece writes only what is its own, so results do not
 * depend on which thread did it, or on how many threads there are.
 *
 * @param number how many threads, 1 or more
 */
public record Threads(int number) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the number is below 1
   */
  public Threads {
    if (number < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + number);
    }
  }

  /**
   * Does the pieces 0 to {@code pieces - 1}, in any order, and returns when all are done. An
   * exception of a piece is thrown here.
   *
   * @param pieces the number of pieces
   * @param piece does the piece of a number
   */
  public void each(int pieces, IntConsumer piece) {
    int workers = Math.min(number, pieces);
    if (workers <= 1) {
      for (int i = 0; i < pieces; i++) {
        piece.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
            piece.accept(i);
          }
        };
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int w = 0; w < workers; w++) {
        running.add(CompletableFuture.runAsync(work, pool));
      }
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
