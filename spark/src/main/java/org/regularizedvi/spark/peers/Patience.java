package org.regularizedvi.spark.peers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Tells how long a worker waits for others: as long as it takes while its task is wanted, and a
 * while longer when it is not, in which a step can end and a checkpoint be written.
 */
final class Patience {
  private static final Duration USUAL = Duration.ofMinutes(1);

  private final BooleanSupplier unwanted;
  private final Duration longer;
  private boolean seen;
  private long since;

  /**
   * Begins to wait.
   *
   * @param unwanted tells whether Spark wants this task to end
   */
  Patience(BooleanSupplier unwanted) {
    this(unwanted, USUAL);
  }

  /**
   * Begins to wait.
   *
   * @param unwanted tells whether Spark wants this task to end
   * @param longer how long it waits then
   */
  Patience(BooleanSupplier unwanted, Duration longer) {
    this.unwanted = unwanted;
    this.longer = longer;
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
    return System.nanoTime() - since > longer.toNanos();
  }
}
