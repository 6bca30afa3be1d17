package org.regularizedvi.spark.question;

import org.regularizedvi.cells.TableAdditions;

/**
 * Holds what a model says of cells, under the names that a copy of their file would have it. What
 * lies in temporary files is gone when this is closed.
 *
 * @param additions the values
 * @param held gives the temporary files up
 */
public record Answer(TableAdditions additions, Runnable held) implements AutoCloseable {
  /**
   * {@return an answer that is in memory}
   *
   * @param additions the values
   */
  static Answer inMemory(TableAdditions additions) {
    return new Answer(additions, () -> {});
  }

  @Override
  public void close() {
    held.run();
  }
}
