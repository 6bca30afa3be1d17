package org.regularizedvi.formats.tenx;

import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.formats.anndata.encoding.EntrySource;

/**
 * Gives the entries of a Matrix Market file that are in no order, after a pass that counted them.
 *
 * @param scan what that pass found
 * @param check looks at every value
 */
record MtxEntries(MtxMatrix matrix, MtxScan scan, CountCheck check) implements EntrySource {
  @Override
  public String where() {
    return matrix.where();
  }

  @Override
  public int rows() {
    return matrix.cells();
  }

  @Override
  public int columns() {
    return matrix.features();
  }

  @Override
  public long entries() {
    return scan.entries();
  }

  @Override
  public int[] counts() {
    return scan.counts();
  }

  @Override
  public void each(Taker taker) {
    try (MtxReader reader = matrix.entries()) {
      while (reader.next()) {
        int cell = matrix.cell(reader);
        int feature = matrix.feature(reader);
        taker.put(cell, feature, check.accept(reader.value(), cell, feature));
      }
    }
  }

  /** Does nothing: the file is open only while entries are read. */
  @Override
  public void close() {}
}
