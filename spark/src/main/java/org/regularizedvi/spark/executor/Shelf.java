package org.regularizedvi.spark.executor;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps what takes long to open, so that all tasks of this process use one. What nobody uses stays
 * open until something else is.
 *
 * @param <K> says what is open
 * @param <V> what is open
 */
public final class Shelf<K, V> {
  private final Map<K, Kept<V>> held = new HashMap<>();
  private final Close<V> close;

  /** Closes what nobody uses any more. */
  interface Close<V> {
    void close(V open);
  }

  private static final class Kept<V> {
    private final V open;
    private int users;

    private Kept(V open) {
      this.open = open;
    }
  }

  /**
   * Lends something out until it is closed.
   *
   * @param open several may use it at once
   * @param back takes it back
   */
  public record Lent<V>(V open, Runnable back) implements AutoCloseable {
    @Override
    public void close() {
      back.run();
    }
  }

  /**
   * Makes an empty shelf.
   *
   * @param close closes what nobody uses any more
   */
  Shelf(Close<V> close) {
    this.close = close;
  }

  /**
   * {@return what a key stands for}
   *
   * @param opener opens it where it is not open
   */
  synchronized Lent<V> lend(K key, Supplier<V> opener) {
    if (!held.containsKey(key)) {
      held.values().stream().filter(own -> own.users == 0).forEach(own -> close.close(own.open));
      held.values().removeIf(own -> own.users == 0);
      held.put(key, new Kept<>(opener.get()));
    }
    Kept<V> found = held.get(key);
    found.users++;
    return new Lent<>(found.open, () -> takeBack(found));
  }

  private synchronized void takeBack(Kept<V> lent) {
    lent.users--;
  }
}
