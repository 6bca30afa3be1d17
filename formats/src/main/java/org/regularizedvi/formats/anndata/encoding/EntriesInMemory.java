package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;

/** Keeps dealt entries in arrays, each in its place. */
final class EntriesInMemory implements DealtEntries {
  /** Stands in place of rows whose memory is no longer ours. */
  private static final Rows NONE = new Rows(new int[1], new int[0], new float[0]);

  private final Rows[] rows;

  /** For each range where the next entry of each row goes. */
  private int[][] next;

  /** Makes room for entries. */
  EntriesInMemory(RowRanges ranges) {
    rows = new Rows[ranges.size()];
    next = new int[rows.length][];
    for (int range = 0; range < rows.length; range++) {
      int[] starts = ranges.starts(range);
      int entries = starts[starts.length - 1];
      rows[range] = new Rows(starts, new int[entries], new float[entries]);
      next[range] = starts.clone();
    }
  }

  @Override
  public void put(int range, int row, int column, float value) {
    int at = next[range][row]++;
    rows[range].indices()[at] = column;
    rows[range].values()[at] = value;
  }

  @Override
  public void end() {
    next = new int[0][];
  }

  @Override
  public Rows take(int range) {
    Rows taken = rows[range];
    rows[range] = NONE;
    return taken;
  }

  @Override
  public Rows pick(int range, int[] wanted) {
    Rows all = rows[range];
    int[] indptr = new int[wanted.length + 1];
    for (int r = 0; r < wanted.length; r++) {
      indptr[r + 1] = indptr[r] + all.indptr()[wanted[r] + 1] - all.indptr()[wanted[r]];
    }
    int[] indices = new int[indptr[wanted.length]];
    float[] values = new float[indices.length];
    for (int r = 0; r < wanted.length; r++) {
      int from = all.indptr()[wanted[r]];
      System.arraycopy(all.indices(), from, indices, indptr[r], indptr[r + 1] - indptr[r]);
      System.arraycopy(all.values(), from, values, indptr[r], indptr[r + 1] - indptr[r]);
    }
    return new Rows(indptr, indices, values);
  }

  @Override
  public void close() {
    Arrays.fill(rows, NONE);
  }
}
