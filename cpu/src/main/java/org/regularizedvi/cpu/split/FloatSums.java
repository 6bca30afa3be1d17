package org.regularizedvi.cpu.split;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Adds numbers in native memory to others. */
public final class FloatSums {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private FloatSums() {}

  /**
   * Adds float32 numbers to others.
   *
   * @param more the numbers
   * @param sum takes the sums
   * @param bytes how many bytes of both are added, whole vectors of the widest kind: rows that
   *     begin on cache lines
   */
  public static void add(MemorySegment more, MemorySegment sum, long bytes) {
    for (long at = 0; at < bytes; at += F.vectorByteSize()) {
      FloatVector.fromMemorySegment(F, sum, at, ORDER)
          .add(FloatVector.fromMemorySegment(F, more, at, ORDER))
          .intoMemorySegment(sum, at, ORDER);
    }
  }

  /** Adds so many float64 numbers, from a byte on, to others at the same place. */
  static void addDoubles(MemorySegment more, MemorySegment sum, long from, long count) {
    for (long i = 0; i < count; i++) {
      long at = from + i * Double.BYTES;
      sum.set(JAVA_DOUBLE, at, sum.get(JAVA_DOUBLE, at) + more.get(JAVA_DOUBLE, at));
    }
  }
}
