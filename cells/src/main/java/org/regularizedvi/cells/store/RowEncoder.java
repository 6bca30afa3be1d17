package org.regularizedvi.cells.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;

/**
 * Packs a row of counts into about a byte for each. A row without counts has no bytes. Any other
 * has
 *
 * <ol>
 *   <li>a byte g: how many bits of each following byte belong to the gap;
 *   <li>a byte for each count: in its upper g bits the gap, which is how many columns without
 *       counts stand before it, in the others the count less 1;
 *   <li>where g is 8, the count as float32, for each count;
 *   <li>the escapes: where the bits of a gap or a count are all ones, what it is beyond that
 *       number, in the order of counts, the gap first. An escape is one byte below 253; or 253 and
 *       two bytes; or 254 and four.
 * </ol>
 *
 * <p>g is 1 to 7 in rows of whole counts, whichever takes fewest escapes, and 8 in other rows. One
 * thread at a time may use an encoder.
 */
final class RowEncoder {
  /** The bits of a gap in rows whose counts are not whole. */
  static final int FRACTIONS = 8;

  /** The first number that does not fit into an escape of one byte, which marks two bytes. */
  static final int TWO_BYTES = 253;

  /** Marks an escape of four bytes. */
  static final int FOUR_BYTES = 254;

  private static final int LARGEST_ESCAPE = 5;

  private final int[] gapLengths = new int[Integer.SIZE + 1];
  private final int[] countLengths = new int[Integer.SIZE + 1];
  private ByteBuffer bytes = room(1 << 12);

  private static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Packs a row.
   *
   * @param rows the rows
   * @param row which of them
   * @return its bytes, from the begin to the limit of a buffer of which nobody else has the array;
   *     valid until the next call
   * @throws ArithmeticException when a row takes 2^31 bytes or more
   */
  ByteBuffer pack(SparseRows rows, int row) {
    int from = rows.indptr()[row];
    int to = rows.indptr()[row + 1];
    bytes.clear();
    if (from == to) {
      return bytes.flip();
    }
    int g = gapBits(rows, from, to);
    int n = to - from;
    reserve(1 + (long) n * (1 + Float.BYTES + 2 * LARGEST_ESCAPE));
    int mostGap = (1 << g) - 1;
    int mostCount = (1 << 8 - g) - 1;
    byte[] packedBytes = bytes.array();
    packedBytes[0] = (byte) g;
    int escapes = 1 + (g == FRACTIONS ? n + n * Float.BYTES : n);
    int column = -1;
    for (int i = 0; i < n; i++) {
      int gap = rows.indices()[from + i] - column - 1;
      column = rows.indices()[from + i];
      float value = rows.values()[from + i];
      int packed = Math.min(gap, mostGap) << 8 - g;
      if (gap >= mostGap) {
        escapes = escape(gap - mostGap, escapes);
      }
      if (g == FRACTIONS) {
        bytes.putFloat(1 + n + i * Float.BYTES, value);
      } else {
        int beyondOne = (int) value - 1;
        packed |= Math.min(beyondOne, mostCount);
        if (beyondOne >= mostCount) {
          escapes = escape(beyondOne - mostCount, escapes);
        }
      }
      packedBytes[1 + i] = (byte) packed;
    }
    return bytes.position(0).limit(escapes);
  }

  private void reserve(long most) {
    if (bytes.capacity() < most) {
      bytes = room(Math.toIntExact(Math.max(most, Math.min(2L * bytes.capacity(), 1 << 24))));
    }
  }

  private int escape(int beyond, int at) {
    if (beyond < TWO_BYTES) {
      bytes.put(at, (byte) beyond);
      return at + 1;
    }
    if (beyond < 1 << Short.SIZE) {
      bytes.put(at, (byte) TWO_BYTES).putShort(at + 1, (short) beyond);
      return at + 1 + Short.BYTES;
    }
    bytes.put(at, (byte) FOUR_BYTES).putInt(at + 1, beyond);
    return at + 1 + Integer.BYTES;
  }

  /** {@return the number of bits for gaps that leaves fewest gaps and counts to escapes} */
  private int gapBits(SparseRows rows, int from, int to) {
    Arrays.fill(gapLengths, 0);
    Arrays.fill(countLengths, 0);
    int column = -1;
    boolean whole = true;
    for (int i = from; i < to; i++) {
      if (rows.indices()[i] <= column) {
        throw new IllegalArgumentException("columns that do not ascend in row of " + (to - from));
      }
      float value = rows.values()[i];
      int count = (int) value;
      whole &= count >= 1 && count == value;
      gapLengths[length(rows.indices()[i] - column)]++;
      countLengths[length(count)]++;
      column = rows.indices()[i];
    }
    if (!whole) {
      return FRACTIONS;
    }
    // A gap is an escape when gap + 1 has more than g bits, a count when it has more than 8 - g.
    int best = 0;
    int fewest = Integer.MAX_VALUE;
    for (int g = 1; g < FRACTIONS; g++) {
      int escapes = beyond(gapLengths, g) + beyond(countLengths, 8 - g);
      if (escapes < fewest) {
        best = g;
        fewest = escapes;
      }
    }
    return best;
  }

  private static int length(int number) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(number);
  }

  private static int beyond(int[] lengths, int bits) {
    int sum = 0;
    for (int length = bits + 1; length < lengths.length; length++) {
      sum += lengths[length];
    }
    return sum;
  }
}
