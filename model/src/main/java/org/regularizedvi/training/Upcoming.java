package org.regularizedvi.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Gives things one after another, of which it makes the next few on a thread of its own while the
 * caller is busy with the last: minibatches whose counts a disk has to be asked for. What it gives
 * are the same as without, as they depend on their numbers alone.
 *
 * @param <T> the kind of things
 */
final class Upcoming<T> implements Iterator<T>, AutoCloseable {
  /** How many things wait, at most, each of which takes memory. */
  static final int AHEAD = 2;

  private final LongFunction<T> maker;
  private final long to;
  private final Optional<ExecutorService> thread;
  private final Deque<Future<T>> waiting = new ArrayDeque<>();

  /** The next thing, where it was looked at and nothing is made before it is asked for. */
  private Optional<T> seen = Optional.empty();

  private long next;

  /**
   * Prepares to give.
   *
   * @param maker makes a thing of its number; called by one thread at a time, in order
   * @param from the number of the first one
   * @param to the number behind the last
   * @param ahead whether to make things before they are asked for
   */
  Upcoming(LongFunction<T> maker, long from, long to, boolean ahead) {
    this.maker = maker;
    this.next = from;
    this.to = to;
    this.thread =
        ahead
            ? Optional.of(
                Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("upcoming").factory()))
            : Optional.empty();
  }

  @Override
  public boolean hasNext() {
    return next < to;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RuntimeException that which making it threw
   */
  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (thread.isEmpty()) {
      Optional<T> given = seen;
      long number = next++;
      seen = Optional.empty();
      return given.orElseGet(() -> maker.apply(number));
    }
    while (waiting.size() <= AHEAD && next + waiting.size() < to) {
      make(next + waiting.size());
    }
    next++;
    return made(waiting.remove());
  }

  /**
   * {@return what {@link #next} will give}
   *
   * @throws RuntimeException that which making it threw, and {@link #next} will throw
   */
  T peek() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (thread.isEmpty()) {
      if (seen.isEmpty()) {
        seen = Optional.of(maker.apply(next));
      }
      return seen.get();
    }
    if (waiting.isEmpty()) {
      make(next);
    }
    return made(waiting.element());
  }

  private void make(long number) {
    waiting.add(thread.orElseThrow().submit(() -> maker.apply(number)));
  }

  private static <T> T made(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case RuntimeException own -> throw own;
            case Error own -> throw own;
            default -> throw new IllegalStateException(e.getCause());
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until nothing is made any more, so that what things are made of may be closed. */
  @Override
  public void close() {
    waiting.forEach(future -> future.cancel(false));
    thread.ifPresent(ExecutorService::close);
  }
}
