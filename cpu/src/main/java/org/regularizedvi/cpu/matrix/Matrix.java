package org.regularizedvi.cpu.matrix;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.kernel.ElementType;

/**
 * Views native memory as a matrix, row after row.
 *
 * <p>It owns nothing: the memory lives as long as the arena that it was taken from. Views of rows
 * and columns share it.
 *
 * @param memory begins at the first element
 * @param type of the elements
 * @param rows number of rows
 * @param columns number of columns
 * @param stride elements from one row to the next, at least the number of columns
 */
public record Matrix(MemorySegment memory, ElementType type, int rows, int columns, int stride) {
  private static final int LINE_BYTES = 64;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException when rows overlap or the memory is too short
   */
  public Matrix {
    long last = rows == 0 ? 0 : (rows - 1L) * stride + columns;
    if (rows < 0 || columns < 0 || stride < columns || memory.byteSize() < last * type.bytes()) {
      throw new IllegalArgumentException(
          "A matrix of %d x %d, rows %d elements apart, in %d bytes"
              .formatted(rows, columns, stride, memory.byteSize()));
    }
  }

  /**
   * Takes memory for a float32 matrix of zeros whose rows start on cache lines.
   *
   * @param arena owns the memory
   * @param rows number of rows
   * @param columns number of columns
   * @return the matrix
   */
  public static Matrix in(Arena arena, int rows, int columns) {
    return in(arena, ElementType.FLOAT32, rows, columns);
  }

  /**
   * Takes memory for a matrix of zeros whose rows start on cache lines.
   *
   * @param arena owns the memory
   * @param type of the elements
   * @param rows number of rows
   * @param columns number of columns
   * @return the matrix
   */
  public static Matrix in(Arena arena, ElementType type, int rows, int columns) {
    int stride = stride(type, columns);
    MemorySegment memory = arena.allocate((long) rows * stride * type.bytes(), LINE_BYTES);
    return new Matrix(memory, type, rows, columns, stride);
  }

  /**
   * {@return float32 memory without gaps as a matrix}
   *
   * @param memory rows x columns floats
   * @param rows number of rows
   * @param columns number of columns
   */
  public static Matrix over(MemorySegment memory, int rows, int columns) {
    return new Matrix(memory, ElementType.FLOAT32, rows, columns, columns);
  }

  /**
   * {@return a view of the rows {@code [from, to)}}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public Matrix rows(int from, int to) {
    return new Matrix(slice((long) from * stride), type, to - from, columns, stride);
  }

  /**
   * {@return a view of neighbouring columns}
   *
   * @param first the first column
   * @param count number of columns
   */
  public Matrix columns(int first, int count) {
    return new Matrix(slice(first), type, rows, count, stride);
  }

  /**
   * {@return the same memory as a smaller matrix whose rows are as near to each other as cache
   * lines allow}
   *
   * @param someRows its number of rows, at most those of this
   * @param someColumns its number of columns, at most those of this
   */
  public Matrix narrow(int someRows, int someColumns) {
    return new Matrix(memory, type, someRows, someColumns, stride(type, someColumns));
  }

  private static int stride(ElementType type, int columns) {
    int line = LINE_BYTES / type.bytes();
    return Math.max(line, (columns + line - 1) / line * line);
  }

  private MemorySegment slice(long element) {
    return memory.asSlice(Math.min(element * type.bytes(), memory.byteSize()));
  }

  /**
   * {@return an element of a float32 matrix}
   *
   * @param row its row
   * @param column its column
   */
  public float get(int row, int column) {
    return memory.getAtIndex(JAVA_FLOAT, (long) row * stride + column);
  }

  /**
   * Changes an element of a float32 matrix.
   *
   * @param row its row
   * @param column its column
   * @param value the new value
   */
  public void set(int row, int column, float value) {
    memory.setAtIndex(JAVA_FLOAT, (long) row * stride + column, value);
  }

  /**
   * Copies a row of a float32 matrix into an array.
   *
   * @param row the row
   * @param out takes the numbers from its beginning on
   */
  public void copyRow(int row, float[] out) {
    copyRow(row, out, 0);
  }

  /**
   * Copies a row of a float32 matrix into an array.
   *
   * @param row the row
   * @param out takes the numbers
   * @param from place of the first of them
   */
  public void copyRow(int row, float[] out, int from) {
    MemorySegment.copy(memory, JAVA_FLOAT, (long) row * stride * Float.BYTES, out, from, columns);
  }

  /**
   * Overwrites a row of a float32 matrix.
   *
   * @param row the row
   * @param values a number per column
   */
  public void setRow(int row, float[] values) {
    setRow(row, values, 0);
  }

  /**
   * Overwrites a row of a float32 matrix.
   *
   * @param row the row
   * @param values holds a number per column
   * @param from place of the first of them
   */
  public void setRow(int row, float[] values, int from) {
    MemorySegment.copy(
        values, from, memory, JAVA_FLOAT, (long) row * stride * Float.BYTES, columns);
  }

  /**
   * Copies some rows to the same rows of another matrix.
   *
   * @param from the first row
   * @param to the row after the last
   * @param out of the same type and number of columns
   */
  public void copyRows(int from, int to, Matrix out) {
    long bytes = (long) columns * type.bytes();
    for (int row = from; row < to; row++) {
      long at = (long) row * stride * type.bytes();
      long into = (long) row * out.stride * type.bytes();
      MemorySegment.copy(memory, at, out.memory, into, bytes);
    }
  }

  /**
   * Overwrites every row.
   *
   * @param numbers a float32 number per column
   */
  public void fillRows(MemorySegment numbers) {
    Matrix one = over(numbers, 1, columns);
    for (int row = 0; row < rows; row++) {
      Bfloat16.convert(one, rows(row, row + 1));
    }
  }

  /** Overwrites all elements by zeros. */
  public void clear() {
    for (int row = 0; row < rows; row++) {
      memory
          .asSlice((long) row * stride * type.bytes(), (long) columns * type.bytes())
          .fill((byte) 0);
    }
  }

  /** {@return a copy of the numbers of a float32 matrix} */
  public FloatMatrix numbers() {
    float[] values = new float[Math.multiplyExact(rows, columns)];
    for (int row = 0; row < rows; row++) {
      long from = (long) row * stride * Float.BYTES;
      MemorySegment.copy(memory, JAVA_FLOAT, from, values, row * columns, columns);
    }
    return new FloatMatrix(rows, columns, values);
  }

  /**
   * Overwrites the first rows of a float32 matrix.
   *
   * @param numbers as many columns as this, at most as many rows
   */
  public void put(FloatMatrix numbers) {
    for (int row = 0; row < numbers.rows(); row++) {
      setRow(row, numbers.values(), row * columns);
    }
  }
}
