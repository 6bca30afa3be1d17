package org.regularizedvi.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/**
 * Keeps numbers of four bytes in a temporary file, to which they are appended and from which they
 * are read back. The file is gone when this is closed: see {@link TemporaryFile}.
 */
public final class SpillFile implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final TemporaryFile file;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
  private long length;

  private SpillFile(TemporaryFile file) {
    this.file = file;
  }

  /**
   * Makes an empty file in the folder of a file that is yet to be written.
   *
   * @param target that file
   * @return the temporary file
   * @throws InputException when the folder cannot be written to
   */
  public static SpillFile beside(Path target) {
    return new SpillFile(TemporaryFile.beside(target));
  }

  /** {@return how many numbers it holds} */
  public long length() {
    return length;
  }

  /**
   * Appends numbers.
   *
   * @param values holds the numbers
   * @param count how many of them to append
   * @throws InputException when the disk is full
   */
  public void append(float[] values, int count) {
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, BUFFER / Float.BYTES);
      buffer.clear().asFloatBuffer().put(values, done, some);
      write(some);
      done += some;
    }
  }

  /**
   * Appends whole numbers.
   *
   * @param values holds the numbers
   * @param count how many of them to append
   * @throws InputException when the disk is full
   */
  public void append(int[] values, int count) {
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, BUFFER / Integer.BYTES);
      buffer.clear().asIntBuffer().put(values, done, some);
      write(some);
      done += some;
    }
  }

  private void write(int numbers) {
    file.write(buffer.limit(numbers * Integer.BYTES), length * Integer.BYTES);
    length += numbers;
  }

  /**
   * Reads numbers into {@code out[offset ..]}.
   *
   * @param from the place of the first
   * @param out takes the numbers
   * @param offset where the first one goes
   * @param count how many to read
   */
  public void read(long from, float[] out, int offset, int count) {
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, BUFFER / Float.BYTES);
      fill(from + done, some);
      buffer.asFloatBuffer().get(out, offset + done, some);
      done += some;
    }
  }

  /**
   * Reads whole numbers into {@code out[offset ..]}.
   *
   * @param from the place of the first
   * @param out takes the numbers
   * @param offset where the first one goes
   * @param count how many to read
   */
  public void read(long from, int[] out, int offset, int count) {
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, BUFFER / Integer.BYTES);
      fill(from + done, some);
      buffer.asIntBuffer().get(out, offset + done, some);
      done += some;
    }
  }

  private void fill(long from, int numbers) {
    file.read(buffer.clear().limit(numbers * Integer.BYTES), from * Integer.BYTES);
    buffer.flip();
  }

  @Override
  public void close() {
    file.close();
  }
}
