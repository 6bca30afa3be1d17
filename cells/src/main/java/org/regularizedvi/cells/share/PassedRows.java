package org.regularizedvi.cells.share;

import org.regularizedvi.cells.CountDigest;
import org.regularizedvi.cells.FeatureRange;
import org.regularizedvi.cells.SparseRows;

/** Takes down what is known of all counts as they pass by from the first row to the last. */
final class PassedRows {
  private final FeatureRange kept;
  private final RowFacts facts;
  private final CountDigest digest;
  private int passed;

  /**
   * Begins with no rows.
   *
   * @param rows how many there will be
   * @param columns how many features they have
   * @param kept the features that are kept
   */
  PassedRows(int rows, int columns, FeatureRange kept) {
    this.kept = kept;
    this.facts = new RowFacts(new double[rows], new int[rows], new int[rows]);
    this.digest = new CountDigest(rows, columns);
  }

  /** Takes the next rows, with all features. */
  void add(SparseRows block) {
    digest.add(block);
    System.arraycopy(block.totals(), 0, facts.totals(), passed, block.rows());
    for (int r = 0; r < block.rows(); r++) {
      int from = block.indptr()[r];
      facts.entries()[passed + r] = block.indptr()[r + 1] - from;
      facts.before()[passed + r] = block.firstFrom(r, kept.from()) - from;
    }
    passed += block.rows();
  }

  /** {@return what is known of each cell, when all have passed} */
  RowFacts facts() {
    return facts;
  }

  /** {@return the digest of all counts, when all have passed; once} */
  String digest() {
    return digest.hex();
  }
}
