package org.regularizedvi.spark.peers;

import java.util.function.BooleanSupplier;

/**
 * Tells how long a worker waits for others: as long as it takes while its task is wanted, and a
 * while longer when it is not, in which a step can end and a checkpoint be written.
 */
public final class Patience {
  private static final long NANOS = 60_000_000_000L;

  private final BooleanSupplier unwanted;
  private boolean seen;
  private long since;

  /**
   * Begins to wait.
   *
   * @param unwanted tells whether Spark wants this task to end
   */
  public Patience(BooleanSupplier unwanted) {
    this.unwanted = unwanted;
  }

  /** {@return whether it has been so long that nobody will come} */
  boolean over() {
    if (!unwanted.getAsBoolean()) {
      return false;
    }
    if (!seen) {
      seen = true;
      since = System.nanoTime();
    }
    return System.nanoTime() - since > NANOS;
  }
}
