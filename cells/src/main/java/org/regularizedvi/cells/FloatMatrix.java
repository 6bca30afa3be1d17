package org.regularizedvi.cells;

import java.util.Arrays;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.MemoryException;

/**
 * Holds a dense matrix in row-major order: in one array, or where it has more entries than an array
 * can have, in several of whole rows each.
 */
public final class FloatMatrix {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final int rows;
  private final int columns;
  private final int rowsOfBlock;
  private final float[][] blocks;

  private FloatMatrix(int rows, int columns, int rowsOfBlock, float[][] blocks) {
    this.rows = rows;
    this.columns = columns;
    this.rowsOfBlock = rowsOfBlock;
    this.blocks = blocks;
  }

  /**
   * Makes a matrix of one array, which is not copied.
   *
   * @param rows the number of rows
   * @param columns the number of columns
   * @param values the entries, length rows * columns
   * @throws IllegalArgumentException when there is another number of entries
   */
  public FloatMatrix(int rows, int columns, float[] values) {
    this(rows, columns, Math.max(1, rows), new float[][] {values});
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d values for a matrix of %d x %d".formatted(values.length, rows, columns));
    }
  }

  /**
   * {@return a matrix of zeros, to be filled by {@link #put}}
   *
   * @param what names the matrix for a message
   * @param rows the number of rows
   * @param columns the number of columns
   * @throws MemoryException when the heap cannot hold it
   */
  public static FloatMatrix zeros(String what, int rows, int columns) {
    requireRoom(what, rows, columns);
    return zeros(rows, columns, LONGEST_ARRAY / Math.max(1, columns));
  }

  /**
   * {@return a matrix of zeros, to be filled by {@link #put}}
   *
   * @param rows the number of rows
   * @param columns the number of columns
   * @param rowsOfBlock the most rows of an array, at least 1
   */
  public static FloatMatrix zeros(int rows, int columns, int rowsOfBlock) {
    int most = Math.clamp(rows, 1, rowsOfBlock);
    float[][] blocks = new float[Math.max(1, Math.ceilDiv(rows, most))][];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new float[Math.toIntExact((long) Math.min(most, rows - b * most) * columns)];
    }
    return new FloatMatrix(rows, columns, most, blocks);
  }

  /**
   * Requires that the heap can hold the entries of a matrix.
   *
   * @param what names the matrix for a message
   * @param rows the number of rows
   * @param columns the number of columns
   * @throws InputException when it cannot
   */
  public static void requireRoom(String what, int rows, int columns) {
    long entries = (long) rows * columns;
    long limit = Runtime.getRuntime().maxMemory();
    if (entries > limit / Float.BYTES) {
      throw new MemoryException(
          "%s of %,d rows x %,d columns needs %,d MB; the JVM may take %,d MB: give it more with -Xmx, or take fewer cells at a time."
              .formatted(what, rows, columns, entries * Float.BYTES >> 20, limit >> 20));
    }
  }

  /** {@return the number of rows} */
  public int rows() {
    return rows;
  }

  /** {@return the number of columns} */
  public int columns() {
    return columns;
  }

  /**
   * {@return the entries of a matrix that has one array, as those of some cells and of features
   * have; nobody but the maker of the matrix may change them}
   *
   * @throws IllegalStateException when it has several
   */
  public float[] values() {
    if (blocks.length != 1) {
      throw new IllegalStateException(
          "A matrix of %,d x %,d has its values in %d arrays"
              .formatted(rows, columns, blocks.length));
    }
    return blocks[0];
  }

  /** {@return the entries, array after array of whole rows; nobody may change them} */
  public Stream<float[]> blocks() {
    return Arrays.stream(blocks);
  }

  /**
   * {@return an entry}
   *
   * @param row its row
   * @param column its column
   */
  public float at(int row, int column) {
    return block(row)[place(row) + column];
  }

  private float[] block(int row) {
    return blocks.length == 1 ? blocks[0] : blocks[row / rowsOfBlock];
  }

  /** Returns where a row begins in its block. */
  private int place(int row) {
    return blocks.length == 1 ? row * columns : row % rowsOfBlock * columns;
  }

  /**
   * Copies a row out.
   *
   * @param row the row
   * @param to takes the entries
   * @param offset where the first one goes
   */
  public void get(int row, float[] to, int offset) {
    System.arraycopy(block(row), place(row), to, offset, columns);
  }

  /**
   * Copies rows in; for the maker of the matrix.
   *
   * @param row the first row
   * @param from holds the entries in row-major order
   * @param offset the place of the first
   * @param count how many rows
   */
  public void put(int row, float[] from, int offset, int count) {
    for (int done = 0; done < count; ) {
      int at = row + done;
      int some =
          blocks.length == 1 ? count : Math.min(count - done, rowsOfBlock - at % rowsOfBlock);
      System.arraycopy(
          from, offset + done * columns, block(at), place(at), Math.multiplyExact(some, columns));
      done += some;
    }
  }

  /**
   * {@return a copy of the rows {@code from} to {@code to - 1}}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public FloatMatrix rows(int from, int to) {
    FloatMatrix some = zeros(to - from, columns, rowsOfBlock);
    float[] one = new float[columns];
    for (int row = from; row < to; row++) {
      get(row, one, 0);
      some.put(row - from, one, 0, 1);
    }
    return some;
  }

  /** {@return a copy} */
  public FloatMatrix copy() {
    float[][] copies = new float[blocks.length][];
    Arrays.setAll(copies, b -> blocks[b].clone());
    return new FloatMatrix(rows, columns, rowsOfBlock, copies);
  }

  /**
   * {@return whether another matrix has the same size and entries, NaN the same as NaN}
   *
   * @param other the other matrix
   */
  public boolean sameAs(FloatMatrix other) {
    if (rows != other.rows || columns != other.columns) {
      return false;
    }
    if (rowsOfBlock == other.rowsOfBlock) {
      return Arrays.deepEquals(blocks, other.blocks);
    }
    float[] own = new float[columns];
    float[] others = new float[columns];
    for (int row = 0; row < rows; row++) {
      get(row, own, 0);
      other.get(row, others, 0);
      if (!Arrays.equals(own, others)) {
        return false;
      }
    }
    return true;
  }
}
