package org.regularizedvi.cells.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Unpacks rows that {@link RowEncoder} packed, and believes nothing of what they say. One thread at
 * a time may use a decoder.
 */
final class RowDecoder {
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int escape;

  /**
   * Unpacks a row into {@code indices[at ..]} and {@code values[at ..]}.
   *
   * @param row its bytes, from the position to the limit of a buffer with an array
   * @param n how many counts it has
   * @param columns the number of features
   * @param indices takes the columns
   * @param values takes the counts
   * @param at where the first one goes
   * @throws Damage when these are no such row
   */
  void unpack(ByteBuffer row, int n, int columns, int[] indices, float[] values, int at)
      throws Damage {
    bytes = row.slice().order(ByteOrder.LITTLE_ENDIAN);
    escape = 0;
    if (n > 0) {
      int g = bytes.remaining() > n ? bytes.get(0) : 0;
      require(g >= 1 && g <= RowEncoder.FRACTIONS);
      if (g == RowEncoder.FRACTIONS) {
        fractions(n, columns, indices, values, at);
      } else {
        whole(g, n, columns, indices, values, at);
      }
    }
    require(escape == bytes.limit());
  }

  private void whole(int g, int n, int columns, int[] indices, float[] values, int at)
      throws Damage {
    byte[] packed = bytes.array();
    int first = bytes.arrayOffset() + 1;
    int shift = 8 - g;
    int mostGap = (1 << g) - 1;
    int mostCount = (1 << shift) - 1;
    // A loop for each thing, since the first two then go by whole vectors.
    for (int i = 0; i < n; i++) {
      indices[at + i] = 1 + ((packed[first + i] & 0xff) >>> shift);
    }
    for (int i = 0; i < n; i++) {
      values[at + i] = 1 + (packed[first + i] & mostCount);
    }
    escape = 1 + n;
    for (int i = 0; i < n; i++) {
      int one = packed[first + i] & 0xff;
      boolean far = one >>> shift == mostGap;
      boolean many = (one & mostCount) == mostCount;
      if (far | many) {
        if (far) {
          int beyond = beyond();
          require(beyond < columns - mostGap); // so that no sum overflows
          indices[at + i] += beyond;
        }
        if (many) {
          int count = 1 + mostCount + beyond();
          require(count > 0);
          values[at + i] = count;
        }
      }
    }
    long column = -1;
    for (int i = 0; i < n; i++) {
      column += indices[at + i];
      indices[at + i] = (int) column;
    }
    require(column < columns);
  }

  private void fractions(int n, int columns, int[] indices, float[] values, int at) throws Damage {
    long begin = 1L + n + (long) n * Float.BYTES;
    require(begin <= bytes.limit());
    escape = (int) begin;
    int column = -1;
    for (int i = 0; i < n; i++) {
      int gap = bytes.get(1 + i) & 0xff;
      if (gap == 0xff) {
        gap += beyond();
      }
      column += gap + 1;
      require(Integer.compareUnsigned(column, columns) < 0 && gap >= 0);
      indices[at + i] = column;
      values[at + i] = bytes.getFloat(1 + n + i * Float.BYTES);
    }
  }

  /** {@return the next escape: below 0 where it says more than an int holds} */
  private int beyond() throws Damage {
    require(escape < bytes.limit());
    int mark = bytes.get(escape++) & 0xff;
    if (mark < RowEncoder.TWO_BYTES) {
      return mark;
    }
    int size = mark == RowEncoder.TWO_BYTES ? Short.BYTES : Integer.BYTES;
    require(mark <= RowEncoder.FOUR_BYTES && bytes.limit() - escape >= size);
    int beyond = size == Short.BYTES ? bytes.getShort(escape) & 0xffff : bytes.getInt(escape);
    escape += size;
    require(beyond >= 0);
    return beyond;
  }

  private static void require(boolean sound) throws Damage {
    if (!sound) {
      throw new Damage("it has no packed row of counts");
    }
  }
}
