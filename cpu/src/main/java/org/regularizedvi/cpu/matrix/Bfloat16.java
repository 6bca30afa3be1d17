package org.regularizedvi.cpu.matrix;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.kernel.ElementType;

/**
 * Turns float32 into bfloat16, its upper half, with rounding to nearest, ties to even; and back.
 */
public final class Bfloat16 {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = F.length();
  private static final VectorSpecies<Short> H =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, WIDTH * Short.SIZE)));
  private static final int HALF = 0x7fff;

  private Bfloat16() {}

  /**
   * {@return a number rounded}
   *
   * @param value is finite or infinite
   */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + HALF + ((bits >>> 16) & 1)) >>> 16);
  }

  /**
   * Rounds a matrix.
   *
   * @param from float32
   * @param to bfloat16, of the same shape
   */
  public static void round(Matrix from, Matrix to) {
    for (int row = 0; row < from.rows(); row++) {
      round(
          from.memory(),
          (long) row * from.stride(),
          to.memory(),
          (long) row * to.stride(),
          from.columns());
    }
  }

  /**
   * Copies a matrix into one of whichever type.
   *
   * @param from float32 or bfloat16
   * @param to float32 or bfloat16, of the same shape
   */
  public static void convert(Matrix from, Matrix to) {
    if (from.type() == ElementType.FLOAT32 && to.type() == ElementType.BFLOAT16) {
      round(from, to);
      return;
    }
    for (int row = 0; row < from.rows(); row++) {
      long first = (long) row * from.stride();
      long out = (long) row * to.stride();
      if (from.type() == to.type()) {
        int bytes = from.type().bytes();
        MemorySegment.copy(
            from.memory(), first * bytes, to.memory(), out * bytes, (long) from.columns() * bytes);
      } else {
        for (int column = 0; column < from.columns(); column++) {
          short half = from.memory().getAtIndex(JAVA_SHORT, first + column);
          to.memory().setAtIndex(JAVA_FLOAT, out + column, Float.intBitsToFloat(half << 16));
        }
      }
    }
  }

  private static void round(
      MemorySegment from, long firstFrom, MemorySegment to, long firstTo, int count) {
    ByteOrder order = ByteOrder.nativeOrder();
    int i = 0;
    for (; i + WIDTH <= count && H.length() == WIDTH; i += WIDTH) {
      IntVector bits =
          FloatVector.fromMemorySegment(F, from, (firstFrom + i) * Float.BYTES, order)
              .reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.AND, 1);
      ((ShortVector)
              bits.add(HALF)
                  .add(odd)
                  .lanewise(VectorOperators.LSHR, 16)
                  .convertShape(VectorOperators.I2S, H, 0))
          .intoMemorySegment(to, (firstTo + i) * Short.BYTES, order);
    }
    for (; i < count; i++) {
      to.setAtIndex(JAVA_SHORT, firstTo + i, of(from.getAtIndex(JAVA_FLOAT, firstFrom + i)));
    }
  }
}
