package org.regularizedvi.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.kernel.special.Approximations;

/**
 * Computes exponentials and logarithms of whole arrays in place, by the polynomials of the
 * likelihood: each number by itself, so that the bits depend neither on its place nor on the width
 * of vectors.
 *
 * <p>Arrays hold whole vectors, as {@link #room} makes them; what lies behind the last number is
 * computed too and means nothing.
 */
public final class FloatFunctions {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = F.length();

  private static final int GROUP = Workspace.LANES;

  /** exp of less would not be a normal number. */
  private static final float LEAST_EXPONENT = -86;

  /** exp of more would not be finite. */
  private static final float LARGEST_EXPONENT = 88;

  private FloatFunctions() {}

  /**
   * {@return an array of zeros for so many numbers, filled up to whole vectors}
   *
   * @param count number of numbers
   */
  public static float[] room(int count) {
    return new float[Math.ceilDiv(count, GROUP) * GROUP];
  }

  /**
   * Replaces numbers by their exponentials, with a relative error below 5e-7. Of what is below -86
   * the exponential of -86 is taken, of what is above 88 infinity.
   *
   * @param values from {@link #room}
   * @param count number of numbers
   */
  public static void exp(float[] values, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      FloatVector all = FloatVector.fromArray(F, values, i);
      FloatVector u = all.max(LEAST_EXPONENT).min(LARGEST_EXPONENT);
      FloatVector rounded = u.fma(Approximations.LOG2_E, Approximations.ROUNDER);
      FloatVector k = rounded.sub(Approximations.ROUNDER);
      FloatVector z = k.fma(FloatVector.broadcast(F, Approximations.MINUS_LN2), u);
      FloatVector p = z.fma(Approximations.E5, Approximations.E4);
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E3));
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E2));
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E1));
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E0));
      p = p.fma(z, FloatVector.broadcast(F, 1f));
      p.reinterpretAsInts()
          .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
          .reinterpretAsFloats()
          .blend(Float.POSITIVE_INFINITY, all.compare(VectorOperators.GT, LARGEST_EXPONENT))
          .blend(Float.NaN, all.test(VectorOperators.IS_NAN))
          .intoArray(values, i);
    }
  }

  /**
   * Replaces numbers by their natural logarithms, within 2e-7 of the larger of 1 and the logarithm,
   * and around 1 within 5e-7 of the logarithm itself.
   *
   * @param values from {@link #room}: positive, finite, normal numbers; of others the result means
   *     nothing
   * @param count number of numbers
   */
  public static void log(float[] values, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      IntVector e =
          FloatVector.fromArray(F, values, i)
              .reinterpretAsInts()
              .sub(Approximations.SQRT_HALF_BITS);
      FloatVector k =
          (FloatVector) e.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
      FloatVector f =
          e.lanewise(VectorOperators.AND, Approximations.MANTISSA_MASK)
              .add(Approximations.SQRT_HALF_BITS)
              .reinterpretAsFloats()
              .sub(1f);
      FloatVector p = f.fma(Approximations.Q8, Approximations.Q7);
      p = p.fma(f, FloatVector.broadcast(F, Approximations.Q6));
      p = p.fma(f, FloatVector.broadcast(F, Approximations.Q5));
      p = p.fma(f, FloatVector.broadcast(F, Approximations.Q4));
      p = p.fma(f, FloatVector.broadcast(F, Approximations.Q3));
      p = p.fma(f, FloatVector.broadcast(F, Approximations.Q2));
      p = p.fma(f, FloatVector.broadcast(F, Approximations.Q1));
      p = p.fma(f, FloatVector.broadcast(F, Approximations.Q0));
      FloatVector ofMantissa = f.mul(f).fma(p, f);
      k.fma(FloatVector.broadcast(F, Approximations.LN2), ofMantissa).intoArray(values, i);
    }
  }

  /**
   * Replaces numbers e by log(1 + e), with a relative error below 5e-7.
   *
   * @param values from {@link #room}, within [0, 1]
   * @param count number of numbers
   */
  public static void log1p(float[] values, int count) {
    for (int i = 0; i < count; i += WIDTH) {
      FloatVector e = FloatVector.fromArray(F, values, i);
      FloatVector p = e.fma(Approximations.P8, Approximations.P7);
      p = p.fma(e, FloatVector.broadcast(F, Approximations.P6));
      p = p.fma(e, FloatVector.broadcast(F, Approximations.P5));
      p = p.fma(e, FloatVector.broadcast(F, Approximations.P4));
      p = p.fma(e, FloatVector.broadcast(F, Approximations.P3));
      p = p.fma(e, FloatVector.broadcast(F, Approximations.P2));
      p = p.fma(e, FloatVector.broadcast(F, Approximations.P1));
      p = p.fma(e, FloatVector.broadcast(F, Approximations.P0));
      p.mul(e).intoArray(values, i);
    }
  }
}
