package org.regularizedvi.samples;

import org.regularizedvi.cells.CellSource;

/**
 * Holds a sample with its open file.
 *
 * @param sample which it is
 * @param cells its cells
 */
record Part(Sample sample, CellSource cells) {
  String name() {
    return sample.name();
  }

  /** {@return the number of its cells} */
  int size() {
    return cells.cells().nObs();
  }
}
