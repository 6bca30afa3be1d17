package org.regularizedvi.cpu.term;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Adds up numbers in double precision: lanes side by side, which are then added in their order. */
final class Sums {
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

  private Sums() {}

  /** {@return the sum of the first so many numbers} */
  static double of(float[] values, int count) {
    int bound = D.loopBound(count);
    DoubleVector lanes = DoubleVector.zero(D);
    for (int i = 0; i < bound; i += D.length()) {
      FloatVector some = FloatVector.fromArray(HALF, values, i);
      lanes = lanes.add(some.convertShape(VectorOperators.F2D, D, 0));
    }
    double sum = 0;
    for (int lane = 0; lane < D.length(); lane++) {
      sum += lanes.lane(lane);
    }
    for (int i = bound; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }
}
