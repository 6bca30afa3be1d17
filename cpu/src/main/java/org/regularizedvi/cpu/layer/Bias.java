package org.regularizedvi.cpu.layer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;

/** Sums columns over all rows, as the gradient of a number that every row gets. */
public final class Bias {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Rows that are summed by themselves, so that sums of many rows stay accurate. */
  private static final int ROWS_AT_ONCE = 32;

  private Bias() {}

  /**
   * Overwrites the sums by those of each column over all rows, in the order of rows.
   *
   * @param dyNO rows x columns
   * @param sums takes a float32 number per column
   */
  public static void sum(Matrix dyNO, MemorySegment sums) {
    MemorySegment memory = dyNO.memory();
    long rowBytes = (long) dyNO.stride() * Float.BYTES;
    int bound = F.loopBound(dyNO.columns());
    for (int c = 0; c < bound; c += F.length()) {
      FloatVector total = FloatVector.zero(F);
      for (int first = 0; first < dyNO.rows(); first += ROWS_AT_ONCE) {
        int end = Math.min(dyNO.rows(), first + ROWS_AT_ONCE);
        FloatVector part = FloatVector.zero(F);
        for (int n = first; n < end; n++) {
          long at = n * rowBytes + (long) c * Float.BYTES;
          part = part.add(FloatVector.fromMemorySegment(F, memory, at, ORDER));
        }
        total = total.add(part);
      }
      total.intoMemorySegment(sums, (long) c * Float.BYTES, ORDER);
    }
    for (int c = bound; c < dyNO.columns(); c++) {
      double total = 0;
      for (int n = 0; n < dyNO.rows(); n++) {
        total += dyNO.get(n, c);
      }
      sums.setAtIndex(JAVA_FLOAT, c, (float) total);
    }
  }
}
