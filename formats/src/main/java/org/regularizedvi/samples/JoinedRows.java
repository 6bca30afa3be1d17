package org.regularizedvi.samples;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;

/** Gives the counts of one modality of several files, read one file after another. */
final class JoinedRows implements RowBlocks {
  private static final int ROWS_AT_ONCE = 4096;

  private final JoinedFeatures features;
  private final int rows;
  private final Iterator<Part> parts;
  private final String modality;
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
    this.parts = parts.iterator();
    this.modality = modality;
    this.features = features;
    this.rows = rows;
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
        if (!parts.hasNext()) {
          return Optional.empty();
        }
        open(parts.next());
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
    file++;
    int[] placeOf = features.placeOf().get(file);
    moved = features.alike(file) ? rows -> rows : rows -> rows.withColumns(placeOf, columns());
    reader = Optional.of(part.cells().countReader(modality));
  }

  @Override
  public void close() {
    reader.ifPresent(CountReader::close);
    reader = Optional.empty();
  }
}
