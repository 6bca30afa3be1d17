package org.regularizedvi.kernel.special;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Computes special functions of many float32 numbers in native memory, with the bits of {@link
 * ScalarFunctions} whatever the machine's vectors are.
 *
 * <p>Places are counted in floats from the beginning of a segment. A result may overwrite its own
 * argument. Every loop is written out in full, and short, because the compiler makes objects of
 * vectors that pass through helper methods and gives up on long loops that it must enter in the
 * middle.
 */
public final class VectorFunctions {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = F.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Floats of one short loop: a multiple of every width. */
  private static final int PIECE = 1024;

  private VectorFunctions() {}

  /**
   * Writes exp(u - shift).
   *
   * @param from holds the numbers u
   * @param fromAt place of the first of them
   * @param shift subtracted from all of them, 0 for exp alone
   * @param to takes the results
   * @param toAt place of the first result
   * @param count how many
   */
  public static void exp(
      MemorySegment from, long fromAt, float shift, MemorySegment to, long toAt, int count) {
    int whole = count - count % WIDTH;
    for (int first = 0; first < whole; first += PIECE) {
      expPiece(from, fromAt + first, shift, to, toAt + first, Math.min(PIECE, whole - first));
    }
    for (int i = whole; i < count; i++) {
      float u = from.getAtIndex(JAVA_FLOAT, fromAt + i) - shift;
      to.setAtIndex(JAVA_FLOAT, toAt + i, ScalarFunctions.exp(u));
    }
  }

  private static void expPiece(
      MemorySegment from, long fromAt, float shift, MemorySegment to, long toAt, int count) {
    long in = fromAt * Float.BYTES;
    long out = toAt * Float.BYTES;
    for (int i = 0; i < count; i += WIDTH) {
      long at = (long) i * Float.BYTES;
      FloatVector u = FloatVector.fromMemorySegment(F, from, in + at, ORDER).sub(shift);
      FloatVector rounded = u.fma(Approximations.LOG2_E, Approximations.ROUNDER);
      FloatVector k = rounded.sub(Approximations.ROUNDER);
      FloatVector r = k.fma(FloatVector.broadcast(F, Approximations.MINUS_LN2), u);
      r = k.fma(FloatVector.broadcast(F, ScalarFunctions.MINUS_LN2_REST), r);
      FloatVector p = r.fma(Approximations.E5, Approximations.E4);
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E3));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E2));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E1));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E0));
      p = p.fma(r, FloatVector.broadcast(F, 1f));
      p.reinterpretAsInts()
          .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
          .reinterpretAsFloats()
          .blend(0f, u.compare(VectorOperators.LT, ScalarFunctions.MIN_EXPONENT))
          .blend( // infinite, NaN
              u.add(Float.POSITIVE_INFINITY),
              u.compare(VectorOperators.LE, ScalarFunctions.MAX_EXPONENT).not())
          .intoMemorySegment(to, out + at, ORDER);
    }
  }

  /**
   * Writes log(v).
   *
   * @param from holds the numbers v
   * @param fromAt place of the first of them
   * @param to takes the results
   * @param toAt place of the first result
   * @param count how many
   */
  public static void log(MemorySegment from, long fromAt, MemorySegment to, long toAt, int count) {
    int whole = count - count % WIDTH;
    for (int first = 0; first < whole; first += PIECE) {
      logPiece(from, fromAt + first, to, toAt + first, Math.min(PIECE, whole - first));
    }
    for (int i = whole; i < count; i++) {
      float v = from.getAtIndex(JAVA_FLOAT, fromAt + i);
      to.setAtIndex(JAVA_FLOAT, toAt + i, ScalarFunctions.log(v));
    }
  }

  private static void logPiece(
      MemorySegment from, long fromAt, MemorySegment to, long toAt, int count) {
    long in = fromAt * Float.BYTES;
    long out = toAt * Float.BYTES;
    FloatVector infinity = FloatVector.broadcast(F, Float.POSITIVE_INFINITY);
    for (int i = 0; i < count; i += WIDTH) {
      long at = (long) i * Float.BYTES;
      FloatVector v = FloatVector.fromMemorySegment(F, from, in + at, ORDER);
      VectorMask<Float> small = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
      IntVector e =
          v.blend(v.mul(ScalarFunctions.TWO_POW_23), small)
              .reinterpretAsInts()
              .sub(Approximations.SQRT_HALF_BITS);
      FloatVector k =
          (FloatVector) e.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
      k = k.blend(k.sub(23f), small);
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
      f.mul(f)
          .fma(p, k.fma(FloatVector.broadcast(F, Approximations.LN2), f))
          .blend(v, v.compare(VectorOperators.LT, infinity).not()) // infinite, NaN
          .blend(Float.NaN, v.compare(VectorOperators.LT, 0f))
          .blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f))
          .intoMemorySegment(to, out + at, ORDER);
    }
  }

  /**
   * Writes softplus(a).
   *
   * @param from holds the numbers a
   * @param fromAt place of the first of them
   * @param to takes the results
   * @param toAt place of the first result
   * @param count how many
   */
  public static void softplus(
      MemorySegment from, long fromAt, MemorySegment to, long toAt, int count) {
    int whole = count - count % WIDTH;
    for (int first = 0; first < whole; first += PIECE) {
      softplusPiece(from, fromAt + first, to, toAt + first, Math.min(PIECE, whole - first));
    }
    for (int i = whole; i < count; i++) {
      float a = from.getAtIndex(JAVA_FLOAT, fromAt + i);
      to.setAtIndex(JAVA_FLOAT, toAt + i, ScalarFunctions.softplus(a));
    }
  }

  private static void softplusPiece(
      MemorySegment from, long fromAt, MemorySegment to, long toAt, int count) {
    long in = fromAt * Float.BYTES;
    long out = toAt * Float.BYTES;
    for (int i = 0; i < count; i += WIDTH) {
      long at = (long) i * Float.BYTES;
      FloatVector a = FloatVector.fromMemorySegment(F, from, in + at, ORDER);
      IntVector bits = a.reinterpretAsInts();
      FloatVector u =
          bits.lanewise(VectorOperators.AND, ~Approximations.SIGN_BIT)
              .lanewise(VectorOperators.MIN, Approximations.MAX_LOGIT_BITS)
              .lanewise(VectorOperators.OR, Approximations.SIGN_BIT)
              .reinterpretAsFloats();
      // e = exp(-|a|)
      FloatVector rounded = u.fma(Approximations.LOG2_E, Approximations.ROUNDER);
      FloatVector k = rounded.sub(Approximations.ROUNDER);
      FloatVector r = k.fma(FloatVector.broadcast(F, Approximations.MINUS_LN2), u);
      r = k.fma(FloatVector.broadcast(F, ScalarFunctions.MINUS_LN2_REST), r);
      FloatVector p = r.fma(Approximations.E5, Approximations.E4);
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E3));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E2));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E1));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E0));
      p = p.fma(r, FloatVector.broadcast(F, 1f));
      FloatVector e =
          p.reinterpretAsInts()
              .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      // max(a, 0) + log(1 + e)
      FloatVector l = e.fma(Approximations.P8, Approximations.P7);
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P6));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P5));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P4));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P3));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P2));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P1));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P0));
      bits.lanewise(VectorOperators.AND_NOT, bits.lanewise(VectorOperators.ASHR, 31))
          .reinterpretAsFloats()
          .add(l.mul(e))
          .blend(a, a.compare(VectorOperators.NE, a))
          .intoMemorySegment(to, out + at, ORDER);
    }
  }

  /**
   * Writes 1 / (1 + exp(-a)).
   *
   * @param from holds the numbers a
   * @param fromAt place of the first of them
   * @param to takes the results
   * @param toAt place of the first result
   * @param count how many
   */
  public static void sigmoid(
      MemorySegment from, long fromAt, MemorySegment to, long toAt, int count) {
    int whole = count - count % WIDTH;
    for (int first = 0; first < whole; first += PIECE) {
      sigmoidPiece(from, fromAt + first, to, toAt + first, Math.min(PIECE, whole - first));
    }
    for (int i = whole; i < count; i++) {
      float a = from.getAtIndex(JAVA_FLOAT, fromAt + i);
      to.setAtIndex(JAVA_FLOAT, toAt + i, ScalarFunctions.sigmoid(a));
    }
  }

  private static void sigmoidPiece(
      MemorySegment from, long fromAt, MemorySegment to, long toAt, int count) {
    long in = fromAt * Float.BYTES;
    long out = toAt * Float.BYTES;
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int i = 0; i < count; i += WIDTH) {
      long at = (long) i * Float.BYTES;
      FloatVector a = FloatVector.fromMemorySegment(F, from, in + at, ORDER);
      FloatVector u =
          a.reinterpretAsInts()
              .lanewise(VectorOperators.AND, ~Approximations.SIGN_BIT)
              .lanewise(VectorOperators.MIN, Approximations.MAX_LOGIT_BITS)
              .lanewise(VectorOperators.OR, Approximations.SIGN_BIT)
              .reinterpretAsFloats();
      // e = exp(-|a|)
      FloatVector rounded = u.fma(Approximations.LOG2_E, Approximations.ROUNDER);
      FloatVector k = rounded.sub(Approximations.ROUNDER);
      FloatVector r = k.fma(FloatVector.broadcast(F, Approximations.MINUS_LN2), u);
      r = k.fma(FloatVector.broadcast(F, ScalarFunctions.MINUS_LN2_REST), r);
      FloatVector p = r.fma(Approximations.E5, Approximations.E4);
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E3));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E2));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E1));
      p = p.fma(r, FloatVector.broadcast(F, Approximations.E0));
      p = p.fma(r, FloatVector.broadcast(F, 1f));
      FloatVector e =
          p.reinterpretAsInts()
              .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      one.blend(e, a.compare(VectorOperators.LT, 0f))
          .div(e.add(1f))
          .blend(a, a.compare(VectorOperators.NE, a))
          .intoMemorySegment(to, out + at, ORDER);
    }
  }
}
