package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Computes an L2 penalty of a weight in one pass: its value and its share of the gradient.
 *
 * <p>Call it for few rows of a large weight, since squares are summed in float32 within a call.
 */
public final class WeightPenalty {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private WeightPenalty() {}

  /**
   * Adds {@code factor[first + r]} times row r of the weight to row r of the gradient.
   *
   * @param weight the rows of the weight, float32
   * @param gradient takes the penalty's gradient, float32
   * @param factor for each row of the whole weight twice the penalty's strength, divided as the
   *     loss asks for
   * @param first the place of these rows in the whole weight
   * @param rows their number
   * @param stride floats from one row to the next; what pads a row is 0
   * @return the sum of factor times square over these rows
   */
  public static double add(
      MemorySegment weight,
      MemorySegment gradient,
      float[] factor,
      int first,
      int rows,
      int stride) {
    ByteOrder order = ByteOrder.nativeOrder();
    int lanes = SPECIES.length();
    int whole = SPECIES.loopBound(stride);
    FloatVector squares = FloatVector.zero(SPECIES);
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      float times = factor[first + r];
      long start = (long) r * stride;
      for (int i = 0; i < whole; i += lanes) {
        long at = (start + i) * Float.BYTES;
        FloatVector w = FloatVector.fromMemorySegment(SPECIES, weight, at, order);
        FloatVector g = FloatVector.fromMemorySegment(SPECIES, gradient, at, order);
        FloatVector slope = w.mul(times);
        squares = w.fma(slope, squares);
        slope.add(g).intoMemorySegment(gradient, at, order);
      }
      for (long i = start + whole; i < start + stride; i++) {
        float w = weight.getAtIndex(JAVA_FLOAT, i);
        float slope = w * times;
        sum += (double) w * slope;
        gradient.setAtIndex(JAVA_FLOAT, i, slope + gradient.getAtIndex(JAVA_FLOAT, i));
      }
    }
    // Not reduceLanes: the order in which it adds is not defined.
    float[] partial = new float[lanes];
    squares.intoArray(partial, 0);
    for (float lane : partial) {
      sum += lane;
    }
    return sum;
  }
}
