package org.regularizedvi.data;

import java.util.Arrays;
import java.util.List;

/**
 * A sparse count matrix in memory, in blocks of rows, so that it may hold more than 2^31 nonzeros.
 */
public final class CountMatrix {
  private final int columns;
  private final SparseRows[] blocks;
  private final int[] starts;
  private final boolean fractional;

  /** Empty until somebody asks. */
  private double[] totals = {};

  /**
   * Joins blocks of rows.
   *
   * @param fractional whether a value is not a whole number
   */
  CountMatrix(int columns, List<SparseRows> blocks, boolean fractional) {
    this.columns = columns;
    this.blocks = blocks.toArray(SparseRows[]::new);
    this.starts = new int[this.blocks.length + 1];
    this.fractional = fractional;
    for (int b = 0; b < this.blocks.length; b++) {
      starts[b + 1] = Math.addExact(starts[b], this.blocks[b].rows());
    }
  }

  /** Wraps rows that are already in memory. */
  public static CountMatrix of(SparseRows rows) {
    boolean fractional = false;
    for (int i = 0; i < rows.nonzeros(); i++) {
      float value = rows.values()[i];
      fractional |= value != Math.rint(value);
    }
    return new CountMatrix(rows.columns(), List.of(rows), fractional);
  }

  public int rows() {
    return starts[blocks.length];
  }

  public int columns() {
    return columns;
  }

  public long nonzeros() {
    return Arrays.stream(blocks).mapToLong(SparseRows::nonzeros).sum();
  }

  /** Tells whether a value is not a whole number. */
  public boolean fractional() {
    return fractional;
  }

  /** Copies the given rows, in the order given; a row may come twice. */
  public SparseRows gather(int[] rows) {
    int[] indptr = new int[rows.length + 1];
    int[] blockOf = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      blockOf[i] = block(rows[i]);
      SparseRows from = blocks[blockOf[i]];
      int row = rows[i] - starts[blockOf[i]];
      indptr[i + 1] = Math.addExact(indptr[i], from.indptr()[row + 1] - from.indptr()[row]);
    }
    int[] indices = new int[indptr[rows.length]];
    float[] values = new float[indptr[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      SparseRows from = blocks[blockOf[i]];
      int start = from.indptr()[rows[i] - starts[blockOf[i]]];
      int count = indptr[i + 1] - indptr[i];
      System.arraycopy(from.indices(), start, indices, indptr[i], count);
      System.arraycopy(from.values(), start, values, indptr[i], count);
    }
    return new SparseRows(columns, indptr, indices, values);
  }

  /** Copies the rows {@code from} to {@code to - 1}. */
  public SparseRows slice(int from, int to) {
    if (from < 0 || to < from || to > rows()) {
      throw new IndexOutOfBoundsException(
          "rows %d to %d of a matrix with %d".formatted(from, to, rows()));
    }
    int[] rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return gather(rows);
  }

  /** Returns the sum of each row in double precision. */
  public double[] rowTotals() {
    double[] all = new double[rows()];
    for (int b = 0; b < blocks.length; b++) {
      double[] part = blocks[b].totals();
      System.arraycopy(part, 0, all, starts[b], part.length);
    }
    return all;
  }

  /** Returns the sum of some rows each, in double precision; all are added up the first time. */
  public synchronized double[] totals(int[] rows) {
    if (totals.length == 0) {
      totals = rowTotals();
    }
    double[] some = new double[rows.length];
    Arrays.setAll(some, i -> totals[rows[i]]);
    return some;
  }

  /**
   * Returns the SHA-256 of size, positions and values, the same for equal matrices: see {@link
   * CountDigest}.
   */
  public String digest() {
    CountDigest digest = new CountDigest(rows(), columns);
    for (SparseRows block : blocks) {
      digest.add(block);
    }
    return digest.hex();
  }

  /** Returns the blocks of rows, in order, for a pass over all nonzeros: not copies. */
  public List<SparseRows> blocks() {
    return List.of(blocks);
  }

  private int block(int row) {
    if (row < 0 || row >= rows()) {
      throw new IndexOutOfBoundsException("row %d of a matrix with %d".formatted(row, rows()));
    }
    int found = Arrays.binarySearch(starts, row);
    if (found < 0) {
      return -found - 2;
    }
    // Blocks without rows share their start with the next one.
    while (starts[found + 1] == row) {
      found++;
    }
    return found;
  }
}
