package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Computes an L2 penalty of a weight in one pass: its value and its share of the gradient.
 *
 * <p>Call it for small pieces of a large weight, since squares are summed in float32 within a call.
 */
public final class WeightPenalty {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private WeightPenalty() {}

  /**
   * Adds {@code factor} times the weight to the gradient, for entries {@code [from, to)}.
   *
   * @param weight the weight, float32
   * @param gradient takes the penalty's gradient, float32
   * @param factor twice the penalty's strength, divided as the loss asks for
   * @param from the first entry
   * @param to the entry after the last
   * @return the sum of the squares of these entries of the weight
   */
  public static double add(
      MemorySegment weight, MemorySegment gradient, float factor, long from, long to) {
    ByteOrder order = ByteOrder.nativeOrder();
    int lanes = SPECIES.length();
    FloatVector squares = FloatVector.zero(SPECIES);
    long i = from;
    for (; i + lanes <= to; i += lanes) {
      long at = i * Float.BYTES;
      FloatVector w = FloatVector.fromMemorySegment(SPECIES, weight, at, order);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, gradient, at, order);
      squares = w.fma(w, squares);
      w.mul(factor).add(g).intoMemorySegment(gradient, at, order);
    }
    // Not reduceLanes: the order in which it adds is not defined.
    float[] partial = new float[lanes];
    squares.intoArray(partial, 0);
    double sum = 0;
    for (float lane : partial) {
      sum += lane;
    }
    for (; i < to; i++) {
      float w = weight.getAtIndex(JAVA_FLOAT, i);
      sum += (double) w * w;
      gradient.setAtIndex(JAVA_FLOAT, i, w * factor + gradient.getAtIndex(JAVA_FLOAT, i));
    }
    return sum;
  }
}
