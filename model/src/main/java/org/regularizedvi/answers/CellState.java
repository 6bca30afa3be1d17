package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.List;
import org.regularizedvi.cells.FloatMatrix;

/**
 * Holds a state of each of some cells: a posterior mean, or a draw.
 *
 * @param zNK cells x dimensions of the z that all decoders get
 * @param librariesN natural logarithms of the library sizes, one array per modality
 */
record CellState(FloatMatrix zNK, List<float[]> librariesN) {
  CellState {
    librariesN = List.copyOf(librariesN);
  }

  /** {@return the state of the rows {@code from} to {@code to - 1}} */
  CellState rows(int from, int to) {
    return new CellState(
        zNK.rows(from, to),
        librariesN.stream().map(all -> Arrays.copyOfRange(all, from, to)).toList());
  }
}
