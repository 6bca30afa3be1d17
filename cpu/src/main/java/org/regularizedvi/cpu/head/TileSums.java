package org.regularizedvi.cpu.head;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.split.FloatSums;
import org.regularizedvi.kernel.RowSums;

/**
 * Holds what is summed over genes, for some tiles of them: the kernel's sums of each cell and the
 * gradients by the hidden layers.
 *
 * @param rows the kernel's sums
 * @param hiddenNH the gradient by the decoder's, from the memory's beginning on; its columns may be
 *     none
 * @param sizesNH that by the burst size decoder's, likewise
 */
record TileSums(RowSums rows, Matrix hiddenNH, Matrix sizesNH) {
  /** Begins the kernel's sums of so many cells, to which it adds. */
  void clear(int cells) {
    Arrays.fill(rows.logLikelihood(), 0, cells, 0);
    Arrays.fill(rows.logLibrary(), 0, cells, 0);
    Arrays.fill(rows.logFactor(), 0, cells, 0);
    Arrays.fill(rows.rhoGradient(), 0, cells, 0);
  }

  /** Adds the sums of other tiles, for so many cells. */
  void add(TileSums more, int cells) {
    add(more.rows.logLikelihood(), rows.logLikelihood(), cells);
    add(more.rows.logLibrary(), rows.logLibrary(), cells);
    add(more.rows.logFactor(), rows.logFactor(), cells);
    add(more.rows.rhoGradient(), rows.rhoGradient(), cells);
    add(more.hiddenNH, hiddenNH, cells);
    add(more.sizesNH, sizesNH, cells);
  }

  private static void add(double[] more, double[] sum, int count) {
    for (int n = 0; n < count; n++) {
      sum[n] += more[n];
    }
  }

  /**
   * Adds a matrix, which may be without columns, to another. Rows begin on cache lines, so that all
   * rows together are whole vectors.
   */
  private static void add(Matrix more, Matrix sum, int cells) {
    FloatSums.add(more.memory(), sum.memory(), (long) cells * sum.stride() * Float.BYTES);
  }

  /** {@return the gradients that there are} */
  private List<Matrix> matrices() {
    return Stream.of(hiddenNH, sizesNH).filter(matrix -> matrix.columns() > 0).toList();
  }

  private List<double[]> doubleSums() {
    return List.of(rows.logLikelihood(), rows.logLibrary(), rows.logFactor(), rows.rhoGradient());
  }

  /** {@return how many float32 numbers of a cell {@link #pack} copies} */
  int floats() {
    return matrices().stream().mapToInt(Matrix::stride).sum();
  }

  /** {@return how many float64 numbers of a cell {@link #pack} copies} */
  int doubles() {
    return doubleSums().size();
  }

  /** Copies the cells {@code [from, to)}: matrix by matrix, then sum by sum. */
  void pack(int from, int to, MemorySegment into) {
    long at = 0;
    for (Matrix matrix : matrices()) {
      long row = (long) matrix.stride() * Float.BYTES;
      MemorySegment.copy(matrix.memory(), from * row, into, at, (to - from) * row);
      at += (to - from) * row;
    }
    for (double[] sums : doubleSums()) {
      MemorySegment.copy(sums, from, into, JAVA_DOUBLE, at, to - from);
      at += (long) (to - from) * Double.BYTES;
    }
  }

  /** Overwrites the cells {@code [from, to)} by what {@link #pack} made. */
  void unpack(int from, int to, MemorySegment packed) {
    long at = 0;
    for (Matrix matrix : matrices()) {
      long row = (long) matrix.stride() * Float.BYTES;
      MemorySegment.copy(packed, at, matrix.memory(), from * row, (to - from) * row);
      at += (to - from) * row;
    }
    for (double[] sums : doubleSums()) {
      MemorySegment.copy(packed, JAVA_DOUBLE, at, sums, from, to - from);
      at += (long) (to - from) * Double.BYTES;
    }
  }
}
