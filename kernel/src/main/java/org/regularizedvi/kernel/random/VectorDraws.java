package org.regularizedvi.kernel.random;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.kernel.instruction.Instructions;

/**
 * Draws a vector of columns at a time, with the bits of {@link ScalarDraws}.
 *
 * <p>Counter word 0 runs along the lanes and the four output words go to four runs of 16 columns,
 * so nothing is shuffled and every vector width gives the same numbers. Two loops: random words
 * into {@code out} as raw bits, then those turned into draws in place. The rounds are written out
 * and call the Vector API directly: helper methods of our own would stop being inlined and box
 * every vector.
 */
final class VectorDraws implements Draws {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = INTS.length();

  /**
   * Short loops, called often: C2 gives up on the rounds as a loop it must enter in the middle
   * (on-stack replacement), and from then on the method would stay with C1, a hundred times slower.
   */
  private static final int GROUPS_AT_ONCE = 8;

  private static final IntVector IOTA = IntVector.zero(INTS).addIndex(1);

  /** Whether the machine's vectors fit the layout, 2 to 16 lanes, and are not objects. */
  static boolean fits() {
    return WIDTH >= 2
        && CounterRandom.LANES % WIDTH == 0
        && FLOATS.length() == WIDTH
        && Instructions.rotateIntegers();
  }

  @Override
  public void normals(
      long key, long rowStep, int tag, int group, int groups, float[] out, int offset) {
    for (int g = 0; g < groups; g += GROUPS_AT_ONCE) {
      int some = Math.min(GROUPS_AT_ONCE, groups - g);
      int at = offset + g * CounterRandom.GROUP;
      words(key, rowStep, tag, group + g, some, out, at);
      boxMuller(some, out, at);
    }
  }

  @Override
  public void uniforms(
      long key, long rowStep, int tag, int group, int groups, float[] out, int offset) {
    for (int g = 0; g < groups; g += GROUPS_AT_ONCE) {
      int some = Math.min(GROUPS_AT_ONCE, groups - g);
      int at = offset + g * CounterRandom.GROUP;
      words(key, rowStep, tag, group + g, some, out, at);
      fractions(some, out, at);
    }
  }

  /** Turns words into multiples of 2^-24 below 1. */
  private static void fractions(int groups, float[] out, int offset) {
    int end = offset + groups * CounterRandom.GROUP;
    for (int i = offset; i < end; i += WIDTH) {
      IntVector w = FloatVector.fromArray(FLOATS, out, i).reinterpretAsInts();
      ((FloatVector) w.lanewise(VectorOperators.LSHR, 8).convert(VectorOperators.I2F, 0))
          .mul(ScalarDraws.TWO_POW_MINUS_24)
          .intoArray(out, i);
    }
  }

  /**
   * Threefry-4x32: word w of counter (group * 16 + lane) goes, as raw bits, to column group * 64 +
   * w * 16 + lane.
   */
  private static void words(
      long key, long rowStep, int tag, int group, int groups, float[] out, int offset) {
    int k0 = Threefry.low(key);
    int k1 = Threefry.high(key);
    int k2 = Threefry.low(CounterRandom.KEY_HIGH);
    int k3 = Threefry.high(CounterRandom.KEY_HIGH);
    int k4 = Threefry.PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    int first0 = group * CounterRandom.LANES + k0;
    int first1 = Threefry.low(rowStep) + k1;
    int first2 = Threefry.high(rowStep) + k2;
    int first3 = tag + k3;
    for (int i = 0; i < groups * CounterRandom.LANES; i += WIDTH) {
      IntVector x0 = IOTA.add(first0 + i);
      IntVector x1 = IntVector.broadcast(INTS, first1);
      IntVector x2 = IntVector.broadcast(INTS, first2);
      IntVector x3 = IntVector.broadcast(INTS, first3);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 10).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 11).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 27).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 23).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 5).lanewise(VectorOperators.XOR, x2);
      // the key again, moved by 1
      x0 = x0.add(k1);
      x1 = x1.add(k2);
      x2 = x2.add(k3);
      x3 = x3.add(k4 + 1);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 20).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 11).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 25).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 10).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 18).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 20).lanewise(VectorOperators.XOR, x2);
      // the key again, moved by 2
      x0 = x0.add(k2);
      x1 = x1.add(k3);
      x2 = x2.add(k4);
      x3 = x3.add(k0 + 2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 10).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 11).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 27).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 23).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 5).lanewise(VectorOperators.XOR, x2);
      // the key again, moved by 3
      x0 = x0.add(k3);
      x1 = x1.add(k4);
      x2 = x2.add(k0);
      x3 = x3.add(k1 + 3);
      int at = offset + (i >> 4) * CounterRandom.GROUP + (i & 15);
      x0.reinterpretAsFloats().intoArray(out, at);
      x1.reinterpretAsFloats().intoArray(out, at + CounterRandom.LANES);
      x2.reinterpretAsFloats().intoArray(out, at + 2 * CounterRandom.LANES);
      x3.reinterpretAsFloats().intoArray(out, at + 3 * CounterRandom.LANES);
    }
  }

  /**
   * Turns runs of 16 words for the radius and 16 for the angle into normals; formula in {@link
   * BoxMuller}.
   */
  private static void boxMuller(int groups, float[] out, int offset) {
    for (int i = 0; i < groups * 2 * CounterRandom.LANES; i += WIDTH) {
      int at = offset + (i >> 4) * 2 * CounterRandom.LANES + (i & 15);
      IntVector w0 = FloatVector.fromArray(FLOATS, out, at).reinterpretAsInts();
      IntVector w1 =
          FloatVector.fromArray(FLOATS, out, at + CounterRandom.LANES).reinterpretAsInts();
      // radius
      FloatVector u =
          ((FloatVector) w0.lanewise(VectorOperators.LSHR, 1).convert(VectorOperators.I2F, 0))
              .fma(BoxMuller.TWO_POW_MINUS_31, BoxMuller.TWO_POW_MINUS_32);
      IntVector e = u.reinterpretAsInts().sub(BoxMuller.SQRT_HALF_BITS);
      FloatVector k =
          (FloatVector) e.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
      FloatVector f =
          e.lanewise(VectorOperators.AND, BoxMuller.MANTISSA_MASK)
              .add(BoxMuller.SQRT_HALF_BITS)
              .reinterpretAsFloats()
              .sub(1f);
      FloatVector p = f.fma(BoxMuller.L7, BoxMuller.L6);
      p = p.fma(f, FloatVector.broadcast(FLOATS, BoxMuller.L5));
      p = p.fma(f, FloatVector.broadcast(FLOATS, BoxMuller.L4));
      p = p.fma(f, FloatVector.broadcast(FLOATS, BoxMuller.L3));
      p = p.fma(f, FloatVector.broadcast(FLOATS, BoxMuller.L2));
      p = p.fma(f, FloatVector.broadcast(FLOATS, BoxMuller.L1));
      p = p.fma(f, FloatVector.broadcast(FLOATS, BoxMuller.L0));
      FloatVector logU = k.fma(FloatVector.broadcast(FLOATS, BoxMuller.LN2), f.mul(f).fma(p, f));
      FloatVector r = logU.mul(-2f).sqrt();
      // angle
      FloatVector h =
          ((FloatVector) w1.lanewise(VectorOperators.ASHR, 1).convert(VectorOperators.I2F, 0))
              .mul(BoxMuller.TWO_POW_MINUS_30);
      FloatVector h2 = h.mul(h);
      FloatVector c = h2.fma(BoxMuller.C4, BoxMuller.C3);
      c = c.fma(h2, FloatVector.broadcast(FLOATS, BoxMuller.C2));
      c = c.fma(h2, FloatVector.broadcast(FLOATS, BoxMuller.C1));
      c = c.fma(h2, FloatVector.broadcast(FLOATS, BoxMuller.C0));
      FloatVector s = h2.fma(BoxMuller.S4, BoxMuller.S3);
      s = s.fma(h2, FloatVector.broadcast(FLOATS, BoxMuller.S2));
      s = s.fma(h2, FloatVector.broadcast(FLOATS, BoxMuller.S1));
      s = s.fma(h2, FloatVector.broadcast(FLOATS, BoxMuller.S0));
      c.mul(r)
          .reinterpretAsInts()
          .lanewise(VectorOperators.XOR, w1.lanewise(VectorOperators.LSHL, 31))
          .reinterpretAsFloats()
          .intoArray(out, at);
      s.mul(h).mul(r).intoArray(out, at + CounterRandom.LANES);
    }
  }
}
