package org.regularizedvi.formats.anndata.encoding;

/** Says which of some rows to read in one go, with the unwanted ones between them. */
final class Spans {
  /** Values that are quicker read and thrown away than jumped over. */
  private static final long GAP_VALUES = 1 << 16;

  private static final long SPAN_VALUES = 1 << 22;

  private Spans() {}

  /** Counts the values in the rows {@code from} to {@code to - 1} of a file. */
  @FunctionalInterface
  interface Values {
    long in(int from, int to);
  }

  /**
   * Returns where the span that begins with {@code rows[from]} ends: past the last row whose
   * distance to the one before is short, so that memory stays bounded.
   *
   * @param rows ascending
   */
  static int end(int[] rows, int from, Values values) {
    int end = from + 1;
    while (end < rows.length
        && values.in(rows[end - 1] + 1, rows[end]) <= GAP_VALUES
        && values.in(rows[from], rows[end] + 1) <= SPAN_VALUES) {
      end++;
    }
    return end;
  }
}
