package org.regularizedvi.cpu.head;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.cpu.matrix.Matrix;

/** Rounds float32 to bfloat16: to the nearest, ties to even. */
final class Rounding {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> H =
      VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, F.vectorBitSize() / 2)));
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Rounding() {}

  /** Overwrites a bfloat16 matrix by the rounded numbers of a float32 one of its shape. */
  static void round(Matrix from, Matrix to) {
    int bound = F.vectorBitSize() < 128 ? 0 : F.loopBound(from.columns());
    for (int n = 0; n < from.rows(); n++) {
      long at = (long) n * from.stride() * Float.BYTES;
      long into = (long) n * to.stride() * Short.BYTES;
      for (int c = 0; c < bound; c += F.length()) {
        IntVector bits =
            FloatVector.fromMemorySegment(F, from.memory(), at + 4L * c, ORDER).reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.AND, 1);
        ((ShortVector)
                bits.add(0x7fff)
                    .add(odd)
                    .lanewise(VectorOperators.LSHR, 16)
                    .convertShape(VectorOperators.I2S, H, 0))
            .intoMemorySegment(to.memory(), into + 2L * c, ORDER);
      }
      for (int c = bound; c < from.columns(); c++) {
        int bits = Float.floatToRawIntBits(from.memory().get(JAVA_FLOAT, at + 4L * c));
        short half = (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
        to.memory().set(JAVA_SHORT, into + 2L * c, half);
      }
    }
  }
}
