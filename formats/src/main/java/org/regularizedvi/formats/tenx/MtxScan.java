package org.regularizedvi.formats.tenx;

/**
 * Describes a first pass over the entries of a matrix, by which the second knows where each goes.
 *
 * @param counts how many entries each cell has
 * @param inOrder whether the entries of one cell stand before those of the next
 */
record MtxScan(int[] counts, long entries, boolean inOrder) {
  /**
   * Reads every entry.
   *
   * @throws org.regularizedvi.input.InputException when one is damaged, or some are missing
   */
  static MtxScan of(MtxMatrix matrix) {
    int[] counts = new int[matrix.cells()];
    boolean inOrder = true;
    try (MtxReader reader = matrix.entries()) {
      for (int before = 0; reader.next(); ) {
        int cell = matrix.cell(reader);
        counts[cell] = Math.addExact(counts[cell], 1);
        inOrder &= before <= cell;
        before = cell;
      }
      return new MtxScan(counts, reader.entries(), inOrder);
    }
  }
}
