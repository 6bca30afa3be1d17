package org.regularizedvi.cells;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.files.SpillFile;

/** Is a layer of which most values are 0, as compressed sparse rows of float32. */
public final class SparseLayer implements Layer {
  private static final long BLOCK_VALUES = 1 << 21;

  private final int columns;
  private final SpillFile indices;
  private final SpillFile values;
  private final Optional<int[]> order;
  private long[] starts;
  private int added;

  private SparseLayer(
      int columns, SpillFile indices, SpillFile values, long[] starts, Optional<int[]> order) {
    this.columns = columns;
    this.indices = indices;
    this.values = values;
    this.starts = starts;
    this.order = order;
  }

  /**
   * Makes an empty layer.
   *
   * @param target the file that the layer is meant for; until then it lies beside that file
   * @param columns the number of features
   * @return the layer
   */
  public static SparseLayer beside(Path target, int columns) {
    SpillFile indices = SpillFile.beside(target);
    try {
      return new SparseLayer(
          columns, indices, SpillFile.beside(target), new long[1], Optional.empty());
    } catch (RuntimeException e) {
      indices.close();
      throw e;
    }
  }

  /**
   * Adds the next rows.
   *
   * @param rows the rows
   */
  public void add(SparseRows rows) {
    if (rows.columns() != columns || order.isPresent()) {
      throw new IllegalArgumentException(
          "rows of %d columns for a layer of %d".formatted(rows.columns(), columns));
    }
    int needed = Math.addExact(added + 1, rows.rows());
    if (needed > starts.length) {
      starts = Arrays.copyOf(starts, (int) Math.min(Integer.MAX_VALUE - 8, 2L * needed));
    }
    for (int r = 0; r < rows.rows(); r++) {
      starts[added + 1] = starts[added] + rows.indptr()[r + 1] - rows.indptr()[r];
      added++;
    }
    indices.append(rows.indices(), rows.nonzeros());
    values.append(rows.values(), rows.nonzeros());
  }

  @Override
  public int rows() {
    return order.map(rowOf -> rowOf.length).orElse(added);
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long stored() {
    long sum = 0;
    for (int r = 0; r < rows(); r++) {
      sum += count(r);
    }
    return sum;
  }

  /**
   * {@return the number of values in a row}
   *
   * @param row the place of the row
   */
  public int count(int row) {
    int at = place(row);
    return at < 0 ? 0 : (int) (starts[at + 1] - starts[at]);
  }

  private int place(int row) {
    return order.map(rowOf -> rowOf[row]).orElse(row);
  }

  @Override
  public SparseLayer arranged(int[] rowOf) {
    int[] places = Arrays.stream(rowOf).map(row -> row < 0 ? -1 : place(row)).toArray();
    return new SparseLayer(columns, indices, values, starts, Optional.of(places));
  }

  @Override
  public int end(int from) {
    long sum = count(from);
    int end = from + 1;
    while (end < rows() && sum + count(end) <= BLOCK_VALUES) {
      sum += count(end++);
    }
    return end;
  }

  /**
   * {@return the rows {@code from} to {@code to - 1}}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public SparseRows read(int from, int to) {
    int[] indptr = new int[to - from + 1];
    for (int r = from; r < to; r++) {
      indptr[r - from + 1] = Math.addExact(indptr[r - from], count(r));
    }
    int[] columnOf = new int[indptr[to - from]];
    float[] read = new float[columnOf.length];
    for (int r = from; r < to; ) {
      int end = r + 1;
      while (end < to && place(r) >= 0 && place(end) == place(end - 1) + 1) {
        end++;
      }
      int at = indptr[r - from];
      int some = indptr[end - from] - at;
      if (some > 0) {
        indices.read(starts[place(r)], columnOf, at, some);
        values.read(starts[place(r)], read, at, some);
      }
      r = end;
    }
    return new SparseRows(columns, indptr, columnOf, read);
  }

  @Override
  public void close() {
    try (indices) {
      values.close();
    }
  }
}
