package org.regularizedvi.cpu.layer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Cuts off what is negative (ReLU):
 *
 * <pre>
 *   h = max(x, 0)      dx = dh where x > 0, else 0
 * </pre>
 */
final class Rectifier {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Rectifier() {}

  /** Computes h. A number that is none stays none, so that a broken step is seen. */
  static void forward(Matrix xNH, Matrix hNH, int from, int to) {
    MemorySegment x = xNH.memory();
    MemorySegment h = hNH.memory();
    int bound = F.loopBound(xNH.columns());
    for (int n = from; n < to; n++) {
      long xRow = (long) n * xNH.stride() * Float.BYTES;
      long hRow = (long) n * hNH.stride() * Float.BYTES;
      for (int c = 0; c < bound; c += F.length()) {
        long at = (long) c * Float.BYTES;
        FloatVector.fromMemorySegment(F, x, xRow + at, ORDER)
            .max(0f)
            .intoMemorySegment(h, hRow + at, ORDER);
      }
      for (int c = bound; c < xNH.columns(); c++) {
        hNH.set(n, c, Math.max(xNH.get(n, c), 0f));
      }
    }
  }

  /** Turns dh into dx. */
  static void backward(Matrix xNH, Matrix dNH, int from, int to) {
    for (int n = from; n < to; n++) {
      differentiate(xNH, n, dNH, n);
    }
  }

  /** Turns derivatives of one row's x into those of its h. */
  static void carry(Matrix xNH, int n, Matrix derivativesKH) {
    for (int k = 0; k < derivativesKH.rows(); k++) {
      differentiate(xNH, n, derivativesKH, k);
    }
  }

  /** Overwrites a row by 0 where x of row n is cut off. */
  private static void differentiate(Matrix xNH, int n, Matrix derivatives, int row) {
    MemorySegment x = xNH.memory();
    MemorySegment d = derivatives.memory();
    int bound = F.loopBound(xNH.columns());
    FloatVector zero = FloatVector.zero(F);
    long xRow = (long) n * xNH.stride() * Float.BYTES;
    long dRow = (long) row * derivatives.stride() * Float.BYTES;
    for (int c = 0; c < bound; c += F.length()) {
      long at = (long) c * Float.BYTES;
      var off =
          FloatVector.fromMemorySegment(F, x, xRow + at, ORDER).compare(VectorOperators.LE, 0f);
      FloatVector.fromMemorySegment(F, d, dRow + at, ORDER)
          .blend(zero, off)
          .intoMemorySegment(d, dRow + at, ORDER);
    }
    for (int c = bound; c < xNH.columns(); c++) {
      if (xNH.get(n, c) <= 0) {
        derivatives.set(row, c, 0);
      }
    }
  }
}
