package org.regularizedvi.cpu.head;

import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;
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
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

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
    if (hiddenNH.columns() > 0) {
      add(more.hiddenNH, hiddenNH, cells);
    }
    if (sizesNH.columns() > 0) {
      add(more.sizesNH, sizesNH, cells);
    }
  }

  private static void add(double[] more, double[] sum, int count) {
    for (int n = 0; n < count; n++) {
      sum[n] += more[n];
    }
  }

  /** Rows begin on cache lines, so that all rows together are whole vectors. */
  private static void add(Matrix more, Matrix sum, int cells) {
    long bytes = (long) cells * sum.stride() * Float.BYTES;
    for (long at = 0; at < bytes; at += F.vectorByteSize()) {
      FloatVector.fromMemorySegment(F, sum.memory(), at, ORDER)
          .add(FloatVector.fromMemorySegment(F, more.memory(), at, ORDER))
          .intoMemorySegment(sum.memory(), at, ORDER);
    }
  }
}
