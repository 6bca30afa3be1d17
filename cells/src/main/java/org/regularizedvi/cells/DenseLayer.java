package org.regularizedvi.cells;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.files.SpillFile;

/** Is a layer with a float32 value for every cell and feature. */
public final class DenseLayer implements Layer {
  private static final int BLOCK_VALUES = 1 << 21;

  private final int columns;
  private final SpillFile values;
  private final Optional<int[]> order;

  private DenseLayer(int columns, SpillFile values, Optional<int[]> order) {
    this.columns = columns;
    this.values = values;
    this.order = order;
  }

  /**
   * Makes an empty layer.
   *
   * @param target the file that the layer is meant for; until then it lies beside that file
   * @param columns the number of features
   * @return the layer
   */
  public static DenseLayer beside(Path target, int columns) {
    return new DenseLayer(columns, SpillFile.beside(target), Optional.empty());
  }

  /**
   * Adds the next rows.
   *
   * @param rows whole rows, in row-major order
   */
  public void add(float[] rows) {
    if (columns == 0 || rows.length % columns != 0 || order.isPresent()) {
      throw new IllegalArgumentException(
          "%d values are no rows of %d columns".formatted(rows.length, columns));
    }
    values.append(rows, rows.length);
  }

  @Override
  public int rows() {
    return order
        .map(rowOf -> rowOf.length)
        .orElseGet(() -> Math.toIntExact(values.length() / columns));
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long stored() {
    return (long) rows() * columns;
  }

  @Override
  public DenseLayer arranged(int[] rowOf) {
    int[] places = Arrays.stream(rowOf).map(row -> row < 0 ? -1 : place(row)).toArray();
    return new DenseLayer(columns, values, Optional.of(places));
  }

  private int place(int row) {
    return order.map(rowOf -> rowOf[row]).orElse(row);
  }

  @Override
  public int end(int from) {
    return Math.min(rows(), from + Math.max(1, BLOCK_VALUES / columns));
  }

  /**
   * {@return the rows {@code from} to {@code to - 1}, in row-major order}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public float[] read(int from, int to) {
    float[] read = new float[Math.multiplyExact(to - from, columns)];
    for (int r = from; r < to; r++) {
      int at = (r - from) * columns;
      if (place(r) < 0) {
        Arrays.fill(read, at, at + columns, Float.NaN);
      } else {
        values.read((long) place(r) * columns, read, at, columns);
      }
    }
    return read;
  }

  @Override
  public void close() {
    values.close();
  }
}
