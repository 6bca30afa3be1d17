package org.regularizedvi.kernel.sparse;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds up rows of a dense matrix that sparse entries pick and weight. It computes the first layer
 * of an encoder: forward, where cells pick genes, and backward, where genes pick cells.
 *
 * <pre>out[r, :] += sum over entries i of row r:  value[i] * matrix[index[i], :]</pre>
 *
 * Rows of the dense matrix are {@link #stride} floats apart. Entries are added in their order,
 * column by column, so bits depend neither on vector width nor on who computes which row.
 */
public final class SparseProduct {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int LANES = SPECIES.length();

  /** Columns of a pass over a row's entries: eight vectors of sums stay in registers. */
  private static final int BLOCK = 8 * LANES;

  /** Rows are padded to whole vectors of the widest kind. */
  private static final int PADDING = 16;

  private SparseProduct() {}

  /**
   * {@return the distance in floats between rows of a matrix}
   *
   * @param columns the number of its columns
   */
  public static int stride(int columns) {
    return (columns + PADDING - 1) / PADDING * PADDING;
  }

  /**
   * A matrix of float32 in native or heap memory. Its row r starts at float {@code (firstRow + r) *
   * stride}.
   *
   * @param memory holds the matrix
   * @param firstRow the row of the memory that is row 0 of the matrix
   * @param stride floats from one row to the next
   */
  public record Dense(MemorySegment memory, int firstRow, int stride) {}

  /**
   * Sparse rows. Row r has the entries {@code start[r] .. end[r]}, each an index and a value in one
   * number made by {@link #entry}.
   *
   * @param start where each row begins
   * @param end where each row ends
   * @param entries the entries of all rows
   */
  public record Sparse(int[] start, int[] end, long[] entries) {
    /**
     * Packs index and value into one number, so that a sort moves one number; it ascends with the
     * index.
     *
     * @param index 0 or more
     * @param value any float
     * @return the entry
     */
    public static long entry(int index, float value) {
      return (long) index << 32 | Float.floatToRawIntBits(value) & 0xffffffffL;
    }

    /**
     * {@return the index of an entry}
     *
     * @param entry made by {@link #entry}
     */
    public static int index(long entry) {
      return (int) (entry >>> 32);
    }

    /**
     * {@return the value of an entry}
     *
     * @param entry made by {@link #entry}
     */
    public static float value(long entry) {
      return Float.intBitsToFloat((int) entry);
    }

    /**
     * {@return an entry with the same value at another index}
     *
     * @param entry made by {@link #entry}
     * @param index the other index
     */
    public static long withIndex(long entry, int index) {
      return (long) index << 32 | entry & 0xffffffffL;
    }
  }

  /**
   * Adds the product to rows {@code [from, to)} of {@code out}. Row r of the entries belongs to row
   * r of {@code out}.
   *
   * <p>The loop over columns is the outermost: then one block of the dense matrix, not all of it,
   * has to stay near the core while the rows go by.
   *
   * @param sparse the entries
   * @param matrix the matrix whose rows the entries pick
   * @param out takes the sums; as many columns as {@code matrix}
   * @param from the first row
   * @param to the row after the last
   */
  public static void add(Sparse sparse, Dense matrix, Dense out, int from, int to) {
    int c = 0;
    for (; c + BLOCK <= out.stride; c += BLOCK) {
      for (int r = from; r < to; r++) {
        long target = (long) (out.firstRow + r) * out.stride;
        addBlock(sparse, matrix, sparse.start[r], sparse.end[r], out.memory, target, c);
      }
    }
    for (; c < out.stride; c += LANES) {
      for (int r = from; r < to; r++) {
        long target = (long) (out.firstRow + r) * out.stride;
        addVector(sparse, matrix, sparse.start[r], sparse.end[r], out.memory, target, c);
      }
    }
  }

  /**
   * Sets rows {@code [from, to)} of a matrix to zero.
   *
   * @param out the matrix
   * @param from the first row
   * @param to the row after the last
   */
  public static void clear(Dense out, int from, int to) {
    out.memory
        .asSlice(
            (long) (out.firstRow + from) * out.stride * Float.BYTES,
            (long) (to - from) * out.stride * Float.BYTES)
        .fill((byte) 0);
  }

  private static void addBlock(
      Sparse sparse, Dense matrix, int first, int last, MemorySegment out, long target, int c) {
    long[] entries = sparse.entries;
    MemorySegment rows = matrix.memory;
    long stride = (long) matrix.stride * Float.BYTES;
    long base = ((long) matrix.firstRow * matrix.stride + c) * Float.BYTES;
    long at = (target + c) * Float.BYTES;
    long width = (long) LANES * Float.BYTES;
    FloatVector s0 = FloatVector.fromMemorySegment(SPECIES, out, at, ORDER);
    FloatVector s1 = FloatVector.fromMemorySegment(SPECIES, out, at + width, ORDER);
    FloatVector s2 = FloatVector.fromMemorySegment(SPECIES, out, at + 2 * width, ORDER);
    FloatVector s3 = FloatVector.fromMemorySegment(SPECIES, out, at + 3 * width, ORDER);
    FloatVector s4 = FloatVector.fromMemorySegment(SPECIES, out, at + 4 * width, ORDER);
    FloatVector s5 = FloatVector.fromMemorySegment(SPECIES, out, at + 5 * width, ORDER);
    FloatVector s6 = FloatVector.fromMemorySegment(SPECIES, out, at + 6 * width, ORDER);
    FloatVector s7 = FloatVector.fromMemorySegment(SPECIES, out, at + 7 * width, ORDER);
    for (int i = first; i < last; i++) {
      long entry = entries[i];
      FloatVector v = FloatVector.broadcast(SPECIES, Sparse.value(entry));
      long row = base + Sparse.index(entry) * stride;
      s0 = FloatVector.fromMemorySegment(SPECIES, rows, row, ORDER).fma(v, s0);
      s1 = FloatVector.fromMemorySegment(SPECIES, rows, row + width, ORDER).fma(v, s1);
      s2 = FloatVector.fromMemorySegment(SPECIES, rows, row + 2 * width, ORDER).fma(v, s2);
      s3 = FloatVector.fromMemorySegment(SPECIES, rows, row + 3 * width, ORDER).fma(v, s3);
      s4 = FloatVector.fromMemorySegment(SPECIES, rows, row + 4 * width, ORDER).fma(v, s4);
      s5 = FloatVector.fromMemorySegment(SPECIES, rows, row + 5 * width, ORDER).fma(v, s5);
      s6 = FloatVector.fromMemorySegment(SPECIES, rows, row + 6 * width, ORDER).fma(v, s6);
      s7 = FloatVector.fromMemorySegment(SPECIES, rows, row + 7 * width, ORDER).fma(v, s7);
    }
    s0.intoMemorySegment(out, at, ORDER);
    s1.intoMemorySegment(out, at + width, ORDER);
    s2.intoMemorySegment(out, at + 2 * width, ORDER);
    s3.intoMemorySegment(out, at + 3 * width, ORDER);
    s4.intoMemorySegment(out, at + 4 * width, ORDER);
    s5.intoMemorySegment(out, at + 5 * width, ORDER);
    s6.intoMemorySegment(out, at + 6 * width, ORDER);
    s7.intoMemorySegment(out, at + 7 * width, ORDER);
  }

  private static void addVector(
      Sparse sparse, Dense matrix, int first, int last, MemorySegment out, long target, int c) {
    long stride = (long) matrix.stride * Float.BYTES;
    long base = ((long) matrix.firstRow * matrix.stride + c) * Float.BYTES;
    long at = (target + c) * Float.BYTES;
    FloatVector sum = FloatVector.fromMemorySegment(SPECIES, out, at, ORDER);
    for (int i = first; i < last; i++) {
      long entry = sparse.entries[i];
      FloatVector v = FloatVector.broadcast(SPECIES, Sparse.value(entry));
      sum =
          FloatVector.fromMemorySegment(
                  SPECIES, matrix.memory, base + Sparse.index(entry) * stride, ORDER)
              .fma(v, sum);
    }
    sum.intoMemorySegment(out, at, ORDER);
  }

  /**
   * Copies the first columns of a matrix into its transpose, whose rows are padded.
   *
   * @param source a matrix of {@code height} rows of float32
   * @param height the number of rows of the source
   * @param columns the number of columns to copy
   * @param sourceStride floats from one row of the source to the next
   * @param target takes a row of {@code height} numbers for each column of the source
   */
  public static void transposeInto(
      MemorySegment source, int height, int columns, long sourceStride, Dense target) {
    int square = 32; // cache lines of both sides stay in L1
    for (int c0 = 0; c0 < columns; c0 += square) {
      for (int h0 = 0; h0 < height; h0 += square) {
        for (int c = c0; c < Math.min(columns, c0 + square); c++) {
          for (int h = h0; h < Math.min(height, h0 + square); h++) {
            float value = source.getAtIndex(JAVA_FLOAT, h * sourceStride + c);
            target.memory.setAtIndex(JAVA_FLOAT, (long) c * target.stride + h, value);
          }
        }
      }
    }
  }

  /**
   * Copies a padded transpose back, the reverse of {@link #transposeInto}.
   *
   * @param source has a row of {@code height} numbers for each column of the target
   * @param height the number of rows of the target
   * @param columns the number of columns to copy
   * @param target a matrix of {@code height} rows of float32
   * @param targetStride floats from one row of the target to the next
   */
  public static void transposeFrom(
      Dense source, int height, int columns, MemorySegment target, long targetStride) {
    int square = 32;
    for (int c0 = 0; c0 < columns; c0 += square) {
      for (int h0 = 0; h0 < height; h0 += square) {
        for (int c = c0; c < Math.min(columns, c0 + square); c++) {
          for (int h = h0; h < Math.min(height, h0 + square); h++) {
            float value = source.memory.getAtIndex(JAVA_FLOAT, (long) c * source.stride + h);
            target.setAtIndex(JAVA_FLOAT, h * targetStride + c, value);
          }
        }
      }
    }
  }
}
