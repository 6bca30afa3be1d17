package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tells in one pass whether all numbers are finite: 0 times a finite number is 0, 0 times any other
 * is NaN.
 */
public final class Finite {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private Finite() {}

  /**
   * {@return whether the first {@code count} entries are all finite}
   *
   * @param values float32 numbers
   * @param count how many to look at
   */
  public static boolean all(MemorySegment values, long count) {
    ByteOrder order = ByteOrder.nativeOrder();
    int lanes = SPECIES.length();
    FloatVector zeros = FloatVector.zero(SPECIES);
    FloatVector sums = zeros;
    long i = 0;
    for (; i + lanes <= count; i += lanes) {
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, values, i * Float.BYTES, order);
      sums = v.fma(zeros, sums);
    }
    boolean finite = !sums.compare(VectorOperators.NE, sums).anyTrue();
    for (; i < count; i++) {
      finite &= Float.isFinite(values.getAtIndex(JAVA_FLOAT, i));
    }
    return finite;
  }
}
