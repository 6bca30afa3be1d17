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
      int n = starts[r + 1] - starts[r];
      room(1);
      buffer.putInt(n);
      for (int done = 0; done < n; ) {
        int some = room(n - done);
        buffer.asIntBuffer().put(rows.indices(), starts[r] + done, some);
        done += taken(some);
      }
      for (int done = 0; done < n; ) {
        int some = room(n - done);
        buffer.asFloatBuffer().put(rows.values(), starts[r] + done, some);
        done += taken(some);
      }
    }
    return this;
  }

  /** {@return the digest in hexadecimal; nothing may be added after} */
  public String hex() {
    drain();
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** {@return how many of so many numbers the buffer takes, which is one at least} */
  private int room(int numbers) {
    if (buffer.remaining() < Integer.BYTES) {
      drain();
    }
    return Math.min(numbers, buffer.remaining() / Integer.BYTES);
  }

  private int taken(int numbers) {
    buffer.position(buffer.position() + numbers * Integer.BYTES);
    return numbers;
  }

  private void drain() {
    sha256.update(buffer.flip());
    buffer.clear();
  }
}
