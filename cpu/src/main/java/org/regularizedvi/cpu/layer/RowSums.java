package org.regularizedvi.cpu.layer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the columns of a row: lanes in float32, and the lanes in double in their order, since
 * the order in which a vector sums its own lanes is nobody's promise.
 */
final class RowSums {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private RowSums() {}

  /** {@return the sum of the numbers of a row} */
  static double sum(MemorySegment memory, long byteOffset, int columns) {
    int bound = F.loopBound(columns);
    FloatVector lanes = FloatVector.zero(F);
    for (int c = 0; c < bound; c += F.length()) {
      lanes = lanes.add(FloatVector.fromMemorySegment(F, memory, at(byteOffset, c), ORDER));
    }
    double sum = lanes(lanes);
    for (int c = bound; c < columns; c++) {
      sum += memory.get(JAVA_FLOAT, at(byteOffset, c));
    }
    return sum;
  }

  /** {@return the sum of the products of the numbers of two rows} */
  static double dot(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int columns) {
    int bound = F.loopBound(columns);
    FloatVector lanes = FloatVector.zero(F);
    for (int c = 0; c < bound; c += F.length()) {
      lanes =
          FloatVector.fromMemorySegment(F, a, at(aOffset, c), ORDER)
              .fma(FloatVector.fromMemorySegment(F, b, at(bOffset, c), ORDER), lanes);
    }
    double sum = lanes(lanes);
    for (int c = bound; c < columns; c++) {
      sum += (double) a.get(JAVA_FLOAT, at(aOffset, c)) * b.get(JAVA_FLOAT, at(bOffset, c));
    }
    return sum;
  }

  private static double lanes(FloatVector lanes) {
    double sum = 0;
    for (int i = 0; i < F.length(); i++) {
      sum += lanes.lane(i);
    }
    return sum;
  }

  private static long at(long byteOffset, int column) {
    return byteOffset + (long) column * Float.BYTES;
  }
}
