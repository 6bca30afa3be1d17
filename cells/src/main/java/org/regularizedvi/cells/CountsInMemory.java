package org.regularizedvi.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.MemoryException;

/**
 * Keeps counts in memory as blocks of sparse rows, so that there may be more than 2^31 of them. A
 * view in another order takes no further memory for the counts.
 */
public final class CountsInMemory implements Counts {
  private static final int ROWS_AT_ONCE = 4096;
  private static final long BYTES_A_VALUE = Integer.BYTES + Float.BYTES;

  private final int columns;
  private final SparseRows[] blocks;
  private final int[] starts;
  private final boolean fractional;
  private final long rounded;

  /** For each row its place in the blocks, -1 for an empty one; absent where they stand so. */
  private final Optional<int[]> order;

  /** Empty until somebody asks. */
  private double[] totals = {};

  /**
   * Joins blocks of rows.
   *
   * @param columns the number of features
   * @param blocks the blocks, one below another
   * @param fractional whether a value is not a whole number
   * @param rounded how many values were a hair off whole numbers
   */
  public CountsInMemory(int columns, List<SparseRows> blocks, boolean fractional, long rounded) {
    this(columns, blocks.toArray(SparseRows[]::new), fractional, rounded, Optional.empty());
  }

  private CountsInMemory(
      int columns, SparseRows[] blocks, boolean fractional, long rounded, Optional<int[]> order) {
    this.columns = columns;
    this.blocks = blocks;
    this.starts = new int[blocks.length + 1];
    this.fractional = fractional;
    this.rounded = rounded;
    this.order = order;
    for (int b = 0; b < blocks.length; b++) {
      starts[b + 1] = Math.addExact(starts[b], blocks[b].rows());
    }
  }

  /**
   * {@return counts of which all rows are in memory already}
   *
   * @param rows the rows
   */
  public static CountsInMemory of(SparseRows rows) {
    return of(rows.columns(), List.of(rows));
  }

  /**
   * {@return counts of which all blocks are in memory already}
   *
   * @param columns the number of features
   * @param blocks the blocks, one below another
   */
  public static CountsInMemory of(int columns, List<SparseRows> blocks) {
    boolean fractional = false;
    for (SparseRows rows : blocks) {
      if (rows.columns() != columns) {
        throw new IllegalArgumentException(
            "A block of %d columns in a matrix of %d".formatted(rows.columns(), columns));
      }
      for (int i = 0; i < rows.nonzeros(); i++) {
        float value = rows.values()[i];
        fractional |= value != Math.rint(value);
      }
    }
    return new CountsInMemory(columns, blocks, fractional, 0);
  }

  /**
   * {@return counts read from the first row to the last}
   *
   * @param reader of which nothing was read yet; the caller closes it
   * @param where names the counts for a message
   * @throws InputException when a value is no count, or the heap cannot hold so many
   */
  public static CountsInMemory read(CountReader reader, String where) {
    List<SparseRows> blocks = held(() -> reader.next(ROWS_AT_ONCE), where);
    return new CountsInMemory(reader.columns(), blocks, reader.fractional(), reader.rounded());
  }

  /**
   * {@return counts read from the first row to the last}
   *
   * @param rows of which nothing was read yet; closed at the end
   * @param check looks at the values of the rows, and tells in the end what is wrong with them
   * @param where names the counts for a message
   * @throws InputException when a value is no count, or the heap cannot hold so many
   */
  public static CountsInMemory read(RowBlocks rows, CountCheck check, String where) {
    try (RowBlocks blocks = rows) {
      requireMemory(blocks.stored(), where);
      List<SparseRows> held = held(blocks::next, where);
      check.finish();
      return new CountsInMemory(blocks.columns(), held, check.fractional(), check.rounded());
    }
  }

  /** Refuses on the way what the heap will not hold, as not every file says how much it has. */
  private static List<SparseRows> held(Supplier<Optional<SparseRows>> next, String where) {
    List<SparseRows> blocks = new ArrayList<>();
    long stored = 0;
    for (Optional<SparseRows> rows = next.get(); rows.isPresent(); rows = next.get()) {
      blocks.add(rows.get());
      stored += rows.get().nonzeros();
      requireMemory(stored, where);
    }
    return blocks;
  }

  /**
   * {@return whether counts take less than a quarter of the heap}
   *
   * @param stored the number of stored values
   */
  public static boolean takeLittle(long stored) {
    return stored < Runtime.getRuntime().maxMemory() / BYTES_A_VALUE / 4;
  }

  /**
   * Refuses counts that the heap cannot hold.
   *
   * @param stored the number of stored values
   * @param where names the counts for a message
   * @throws MemoryException when so many values do not fit
   */
  public static void requireMemory(long stored, String where) {
    long limit = Runtime.getRuntime().maxMemory();
    if (stored > limit / BYTES_A_VALUE) {
      throw new MemoryException(
          "%s holds %,d values, which need %,d MB; the JVM may take %,d MB: give it more with -Xmx."
              .formatted(where, stored, stored * BYTES_A_VALUE >> 20, limit >> 20));
    }
  }

  @Override
  public CountsInMemory inOrder(int[] rows) {
    int[] places = new int[rows.length];
    Arrays.setAll(places, i -> rows[i] < 0 ? -1 : place(rows[i]));
    return new CountsInMemory(columns, blocks, fractional, rounded, Optional.of(places));
  }

  @Override
  public int rows() {
    return order.isPresent() ? order.get().length : starts[blocks.length];
  }

  /** Returns where in the blocks a row is, -1 for one that is empty. */
  private int place(int row) {
    if (row < 0 || row >= rows()) {
      throw new IndexOutOfBoundsException("row %d of a matrix with %d".formatted(row, rows()));
    }
    return order.isPresent() ? order.get()[row] : row;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long nonzeros() {
    if (order.isEmpty()) {
      return Arrays.stream(blocks).mapToLong(SparseRows::nonzeros).sum();
    }
    return Arrays.stream(order.get())
        .filter(place -> place >= 0)
        .mapToLong(
            place -> {
              int block = block(place);
              int[] indptr = blocks[block].indptr();
              return indptr[place - starts[block] + 1] - indptr[place - starts[block]];
            })
        .sum();
  }

  @Override
  public boolean fractional() {
    return fractional;
  }

  @Override
  public long rounded() {
    return rounded;
  }

  @Override
  public boolean inMemory() {
    return true;
  }

  @Override
  public boolean isEmpty(int row) {
    int place = place(row);
    if (place < 0) {
      return true;
    }
    int block = block(place);
    int[] indptr = blocks[block].indptr();
    return indptr[place - starts[block] + 1] == indptr[place - starts[block]];
  }

  @Override
  public SparseRows gather(int[] rows) {
    int[] indptr = new int[rows.length + 1];
    int[] places = new int[rows.length];
    int[] blockOf = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      places[i] = place(rows[i]);
      int count = 0;
      if (places[i] >= 0) {
        blockOf[i] = block(places[i]);
        SparseRows from = blocks[blockOf[i]];
        int row = places[i] - starts[blockOf[i]];
        count = from.indptr()[row + 1] - from.indptr()[row];
      }
      indptr[i + 1] = Math.addExact(indptr[i], count);
    }
    int[] indices = new int[indptr[rows.length]];
    float[] values = new float[indptr[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      int count = indptr[i + 1] - indptr[i];
      if (count > 0) {
        SparseRows from = blocks[blockOf[i]];
        int start = from.indptr()[places[i] - starts[blockOf[i]]];
        System.arraycopy(from.indices(), start, indices, indptr[i], count);
        System.arraycopy(from.values(), start, values, indptr[i], count);
      }
    }
    return new SparseRows(columns, indptr, indices, values);
  }

  @Override
  public SparseRows slice(int from, int to) {
    if (from < 0 || to < from || to > rows()) {
      throw new IndexOutOfBoundsException(
          "rows %d to %d of a matrix with %d".formatted(from, to, rows()));
    }
    int[] rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return gather(rows);
  }

  private double[] rowTotals() {
    double[] all = new double[starts[blocks.length]];
    for (int b = 0; b < blocks.length; b++) {
      double[] part = blocks[b].totals();
      System.arraycopy(part, 0, all, starts[b], part.length);
    }
    return order
        .map(p -> Arrays.stream(p).mapToDouble(place -> place < 0 ? 0 : all[place]).toArray())
        .orElse(all);
  }

  @Override
  public synchronized double[] totals(int[] rows) {
    if (totals.length == 0) {
      totals = rowTotals();
    }
    double[] some = new double[rows.length];
    Arrays.setAll(some, i -> totals[rows[i]]);
    return some;
  }

  @Override
  public String digest() {
    CountDigest digest = new CountDigest(rows(), columns);
    blocks().forEachOrdered(digest::add);
    return digest.hex();
  }

  @Override
  public Stream<SparseRows> blocks() {
    if (order.isEmpty()) {
      return Arrays.stream(blocks);
    }
    return IntStream.iterate(0, from -> from < rows(), from -> from + ROWS_AT_ONCE)
        .mapToObj(from -> slice(from, Math.min(rows(), from + ROWS_AT_ONCE)));
  }

  private int block(int row) {
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
