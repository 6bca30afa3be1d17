package org.regularizedvi.gpu.step;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;

/** Makes sparse rows of dense ones. */
final class SparseCounts {
  private SparseCounts() {}

  static SparseRows of(int[] counts, int rows, int columns) {
    int[] starts = new int[rows + 1];
    int[] indices = new int[counts.length];
    float[] values = new float[counts.length];
    int next = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (counts[r * columns + c] != 0) {
          indices[next] = c;
          values[next++] = counts[r * columns + c];
        }
      }
      starts[r + 1] = next;
    }
    return new SparseRows(
        columns, starts, Arrays.copyOf(indices, next), Arrays.copyOf(values, next));
  }
}
