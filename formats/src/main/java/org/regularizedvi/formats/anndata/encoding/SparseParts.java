package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;

/**
 * Holds the three arrays of a compressed sparse matrix, with starts checked and read, indices and
 * values left in the file.
 *
 * @param major the number of compressed rows (csr) or columns (csc)
 * @param minor the number of the others
 * @param starts where each of the major begins, length major + 1
 */
record SparseParts(
    StoredArray indices, StoredArray data, int major, int minor, long[] starts, String where)
    implements AutoCloseable {

  static SparseParts open(Hierarchy file, String path, int major, int minor) {
    String where = file.where(path);
    long[] starts = starts(file, path + "/indptr", major, where);
    StoredArray indices = file.array(path + "/indices");
    try {
      StoredArray data = file.array(path + "/data");
      SparseParts parts = new SparseParts(indices, data, major, minor, starts, where);
      parts.check();
      return parts;
    } catch (InputException e) {
      // The other dataset, if it was opened, goes with the file.
      indices.close();
      throw e;
    }
  }

  private static long[] starts(Hierarchy file, String path, int major, String where) {
    long[] shape = file.shape(path);
    if (shape.length != 1 || shape[0] != major + 1L) {
      throw new InputException(
          "%s is damaged: indptr has %d entries, expected %d."
              .formatted(where, shape.length == 1 ? shape[0] : 0, major + 1L));
    }
    long[] starts = file.longs(path);
    for (int i = 0; i < major; i++) {
      if (starts[i + 1] < starts[i]) {
        throw new InputException(
            "%s is damaged: indptr falls from %d to %d at entry %d."
                .formatted(where, starts[i], starts[i + 1], i + 1));
      }
    }
    if (starts[0] != 0) {
      throw new InputException(
          "%s is damaged: indptr begins with %d, expected 0.".formatted(where, starts[0]));
    }
    return starts;
  }

  private void check() {
    long stored = starts[major];
    for (StoredArray part : new StoredArray[] {indices, data}) {
      long[] shape = part.shape();
      if (shape.length != 1 || shape[0] < stored) {
        throw new InputException(
            "%s is damaged: indptr ends with %d, but %s has %d entries."
                .formatted(where, stored, part.where(), shape.length == 1 ? shape[0] : 0));
      }
    }
    if (indices.type().kind() != ElementType.Kind.INTEGER || !data.type().numeric()) {
      throw new InputException(
          "%s should have whole indices and numbers as data, found %s and %s."
              .formatted(where, indices.type().describe(), data.type().describe()));
    }
  }

  /** Reads indices, each checked to be in [0, minor). */
  int[] indices(long from, int count) {
    int[] read = indices.ints(new long[] {from}, new long[] {count});
    // The sign of this is that of any index below 0, and of the distance of any above to the last.
    int outside = 0;
    for (int index : read) {
      outside |= index | minor - 1 - index;
    }
    if (outside < 0) {
      throw outside(read, from);
    }
    return read;
  }

  private InputException outside(int[] read, long from) {
    int i = 0;
    while (read[i] >= 0 && read[i] < minor) {
      i++;
    }
    return new InputException(
        "%s is damaged: entry %d of indices is %s, expected 0 to %d."
            .formatted(where, from + i, read[i], minor - 1));
  }

  Values values(long from, int count) {
    return Values.read(data, new long[] {from}, new long[] {count});
  }

  /**
   * {@return the furthest end so that {@code [from, end)} holds at most {@code budget} values, or
   * one item}
   */
  int end(int from, long budget) {
    int end = from + 1;
    while (end < major && starts[end + 1] - starts[from] <= budget) {
      end++;
    }
    count(from, end);
    return end;
  }

  /**
   * {@return the number of values of the major {@code from} to {@code to - 1}}
   *
   * @throws InputException when an array cannot hold them, as only a single row or column can be
   */
  int count(int from, int to) {
    long found = starts[to] - starts[from];
    if (found > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "%s holds %,d values in one row or column; at most 2^31 are possible."
              .formatted(where, found));
    }
    return (int) found;
  }

  @Override
  public void close() {
    indices.close();
    data.close();
  }
}
