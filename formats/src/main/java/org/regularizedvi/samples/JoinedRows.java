package org.regularizedvi.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;

/** Gives the counts of one modality of several files, read one file after another. */
final class JoinedRows implements RowBlocks {
  private static final int ROWS_AT_ONCE = 4096;

  private final List<Part> parts;
  private final String modality;
  private final JoinedFeatures features;
  private final int rows;

  /** The rows of each file that are given; empty for all rows of all. */
  private final Optional<List<int[]>> some;

  private Optional<CountReader> reader = Optional.empty();
  private UnaryOperator<SparseRows> moved = UnaryOperator.identity();
  private int file = -1;
  private boolean fractional;
  private long rounded;

  /**
   * Prepares to read; nothing is open before the first block is asked for.
   *
   * @param rows the number of cells of all files
   */
  JoinedRows(List<Part> parts, String modality, JoinedFeatures features, int rows) {
    this(parts, modality, features, rows, Optional.empty());
  }

  private JoinedRows(
      List<Part> parts,
      String modality,
      JoinedFeatures features,
      int rows,
      Optional<List<int[]>> some) {
    this.parts = parts;
    this.modality = modality;
    this.features = features;
    this.rows = rows;
    this.some = some;
  }

  /** Opens those files alone that have any of the rows. */
  @Override
  public JoinedRows some(int[] chosen) {
    List<int[]> byFile = new ArrayList<>();
    int first = 0;
    int from = 0;
    for (Part part : parts) {
      int start = first;
      int end = first + part.size();
      int to = from;
      while (to < chosen.length && chosen[to] < end) {
        to++;
      }
      byFile.add(Arrays.stream(chosen, from, to).map(row -> row - start).toArray());
      first = end;
      from = to;
    }
    return new JoinedRows(parts, modality, features, chosen.length, Optional.of(byFile));
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return features.varNames().size();
  }

  @Override
  public long stored() {
    return 0;
  }

  /** Tells whether a value given so far was not whole. */
  boolean fractional() {
    return fractional;
  }

  /** Tells how many values given so far were a hair off whole numbers. */
  long rounded() {
    return rounded;
  }

  @Override
  public Optional<SparseRows> next() {
    while (true) {
      if (reader.isEmpty()) {
        file++;
        while (some.isPresent() && file < parts.size() && some.get().get(file).length == 0) {
          file++;
        }
        if (file >= parts.size()) {
          return Optional.empty();
        }
        open(parts.get(file));
      }
      CountReader current = reader.get();
      long before = current.rounded();
      Optional<SparseRows> block = current.next(ROWS_AT_ONCE);
      rounded += current.rounded() - before;
      fractional |= current.fractional();
      if (block.isPresent()) {
        return block.map(moved);
      }
      close();
    }
  }

  private void open(Part part) {
    int[] placeOf = features.placeOf().get(file);
    moved = features.alike(file) ? rows -> rows : rows -> rows.withColumns(placeOf, columns());
    CountReader all = part.cells().countReader(modality);
    reader = Optional.of(some.map(chosen -> all.some(chosen.get(file))).orElse(all));
  }

  @Override
  public void close() {
    reader.ifPresent(CountReader::close);
    reader = Optional.empty();
  }
}
