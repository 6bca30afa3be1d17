package org.regularizedvi.cells;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes the SHA-256 of a count matrix, the same however its rows come in blocks: number of rows
 * and of columns (64-bit little-endian), then for each row its number of nonzeros, their columns
 * and the bits of their float32 values (32-bit little-endian).
 */
public final class CountDigest {
  private final MessageDigest sha256;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * Begins the digest of a matrix.
   *
   * @param rows the number of its rows
   * @param columns the number of its columns
   */
  public CountDigest(long rows, long columns) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
    buffer.putLong(rows).putLong(columns);
  }

  /**
   * Takes in the next rows.
   *
   * @param rows the rows
   * @return this
   */
  public CountDigest add(SparseRows rows) {
    int[] starts = rows.indptr();
    for (int r = 0; r < rows.rows(); r++) {
      int first = starts[r];
      int n = starts[r + 1] - first;
      put(1, (_, _) -> buffer.asIntBuffer().put(n));
      put(n, (from, count) -> buffer.asIntBuffer().put(rows.indices(), first + from, count));
      put(n, (from, count) -> buffer.asFloatBuffer().put(rows.values(), first + from, count));
    }
    return this;
  }

  /** {@return the digest in hexadecimal; nothing may be added after} */
  public String hex() {
    drain();
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Puts some numbers of four bytes behind what the buffer has, and leaves it where it is. */
  private interface Putter {
    void put(int from, int count);
  }

  private void put(int numbers, Putter putter) {
    int count;
    for (int from = 0; from < numbers; from += count) {
      if (buffer.remaining() < Integer.BYTES) {
        drain();
      }
      count = Math.min(numbers - from, buffer.remaining() / Integer.BYTES);
      putter.put(from, count);
      buffer.position(buffer.position() + count * Integer.BYTES);
    }
  }

  private void drain() {
    sha256.update(buffer.flip());
    buffer.clear();
  }
}
