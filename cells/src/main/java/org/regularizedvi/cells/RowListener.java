package org.regularizedvi.cells;

/** Is told how far a pass over counts is. */
@FunctionalInterface
public interface RowListener {
  /**
   * Some more rows of a modality were read.
   *
   * @param modality the name of the modality
   * @param rows how many rows of it this pass has read so far
   * @param all how many it will read
   */
  void read(String modality, int rows, int all);
}
