package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.cells.CountCheck;

/** Gives the entries of encoding-type "csc_matrix", column by column. */
final class CscEntries implements EntrySource {
  private static final int PIECE_VALUES = 1 << 20;

  private final SparseParts parts;
  private final CountCheck check;

  /**
   * Reads nothing yet.
   *
   * @param parts the matrix, columns as its major axis; closed with this
   * @param check looks at every value
   */
  CscEntries(SparseParts parts, CountCheck check) {
    this.parts = parts;
    this.check = check;
  }

  @Override
  public String where() {
    return parts.where();
  }

  @Override
  public int rows() {
    return parts.minor();
  }

  @Override
  public int columns() {
    return parts.major();
  }

  @Override
  public long entries() {
    return parts.starts()[parts.major()];
  }

  @Override
  public int[] counts() {
    int[] counts = new int[rows()];
    for (long from = 0; from < entries(); from += PIECE_VALUES) {
      for (int row : parts.indices(from, (int) Math.min(PIECE_VALUES, entries() - from))) {
        counts[row] = Math.addExact(counts[row], 1);
      }
    }
    return counts;
  }

  /** Reads pieces wherever columns end, as one may have more entries than an array. */
  @Override
  public void each(Taker taker) {
    int column = 0;
    for (long from = 0; from < entries(); from += PIECE_VALUES) {
      int count = (int) Math.min(PIECE_VALUES, entries() - from);
      int[] rowOf = parts.indices(from, count);
      Values values = parts.values(from, count);
      for (int i = 0; i < count; i++) {
        while (parts.starts()[column + 1] <= from + i) {
          column++;
        }
        taker.put(rowOf[i], column, check.accept(values.at(i), rowOf[i], column));
      }
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
