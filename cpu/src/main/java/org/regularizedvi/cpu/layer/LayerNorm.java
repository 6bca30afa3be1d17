package org.regularizedvi.cpu.layer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Normalises each row over its units, without learned factors (Ba et al. 2016):
 *
 * <pre>
 *   x = (v - m(v)) / s      s = sqrt(m((v - m(v))^2) + 1e-5)      m: mean over the units
 *   dv = (dx - m(dx) - x m(dx x)) / s
 * </pre>
 *
 * @param inverseN takes 1 / s of every row
 */
record LayerNorm(float[] inverseN) {
  private static final double EPS = 1e-5;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Turns v into x. */
  void forward(Matrix vNH, int from, int to) {
    MemorySegment memory = vNH.memory();
    int units = vNH.columns();
    for (int n = from; n < to; n++) {
      long row = (long) n * vNH.stride() * Float.BYTES;
      float mean = (float) (RowSums.sum(memory, row, units) / units);
      shift(memory, row, units, -mean);
      double variance = RowSums.dot(memory, row, memory, row, units) / units;
      float inverse = (float) (1 / Math.sqrt(variance + EPS));
      inverseN[n] = inverse;
      scale(memory, row, units, inverse);
    }
  }

  /** Turns dx into dv, where x is what {@link #forward} left. */
  void backward(Matrix xNH, Matrix dNH, int from, int to) {
    for (int n = from; n < to; n++) {
      differentiate(xNH, n, dNH, n);
    }
  }

  /**
   * Turns derivatives of one row's v into those of its x, each by the formula of {@link #backward},
   * whose matrix is symmetric.
   */
  void carry(Matrix xNH, int n, Matrix derivativesKH) {
    for (int k = 0; k < derivativesKH.rows(); k++) {
      differentiate(xNH, n, derivativesKH, k);
    }
  }

  /** Multiplies a row by the derivative of the normalisation of row n. */
  private void differentiate(Matrix xNH, int n, Matrix derivatives, int row) {
    MemorySegment x = xNH.memory();
    MemorySegment d = derivatives.memory();
    int units = xNH.columns();
    int bound = F.loopBound(units);
    long xRow = (long) n * xNH.stride() * Float.BYTES;
    long dRow = (long) row * derivatives.stride() * Float.BYTES;
    float mean = (float) (RowSums.sum(d, dRow, units) / units);
    float along = (float) (RowSums.dot(d, dRow, x, xRow, units) / units);
    float inverse = inverseN[n];
    FloatVector minusAlong = FloatVector.broadcast(F, -along);
    for (int c = 0; c < bound; c += F.length()) {
      long at = (long) c * Float.BYTES;
      FloatVector.fromMemorySegment(F, x, xRow + at, ORDER)
          .fma(minusAlong, FloatVector.fromMemorySegment(F, d, dRow + at, ORDER).sub(mean))
          .mul(inverse)
          .intoMemorySegment(d, dRow + at, ORDER);
    }
    for (int c = bound; c < units; c++) {
      derivatives.set(
          row, c, Math.fma(xNH.get(n, c), -along, derivatives.get(row, c) - mean) * inverse);
    }
  }

  private static void shift(MemorySegment memory, long row, int units, float by) {
    int bound = F.loopBound(units);
    for (int c = 0; c < bound; c += F.length()) {
      long at = row + (long) c * Float.BYTES;
      FloatVector.fromMemorySegment(F, memory, at, ORDER)
          .add(by)
          .intoMemorySegment(memory, at, ORDER);
    }
    for (int c = bound; c < units; c++) {
      long at = row + (long) c * Float.BYTES;
      memory.set(JAVA_FLOAT, at, memory.get(JAVA_FLOAT, at) + by);
    }
  }

  private static void scale(MemorySegment memory, long row, int units, float by) {
    int bound = F.loopBound(units);
    for (int c = 0; c < bound; c += F.length()) {
      long at = row + (long) c * Float.BYTES;
      FloatVector.fromMemorySegment(F, memory, at, ORDER)
          .mul(by)
          .intoMemorySegment(memory, at, ORDER);
    }
    for (int c = bound; c < units; c++) {
      long at = row + (long) c * Float.BYTES;
      memory.set(JAVA_FLOAT, at, memory.get(JAVA_FLOAT, at) * by);
    }
  }
}
