package org.regularizedvi.cells.store;

/** Is told how the writing of a store goes. */
@FunctionalInterface
public interface RowListener {
  /** Wants to know nothing. */
  RowListener NOBODY = (_, _, _) -> {};

  /**
   * Some more rows of a modality were written.
   *
   * @param modality the name of the modality
   * @param rows how many rows of it were written so far
   * @param all how many it has
   */
  void written(String modality, int rows, int all);
}
