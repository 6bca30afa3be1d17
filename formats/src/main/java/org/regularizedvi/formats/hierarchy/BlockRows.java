package org.regularizedvi.formats.hierarchy;

/**
 * Says how many rows, or columns, of a dense matrix are read at once: as many whole chunks as a
 * block usually has values for, at least one, so that none is decoded twice. Chunks that are too
 * large for that are read in parts.
 *
 * @param usual values of a block, where chunks are not larger
 * @param most values of a block of more than one row
 */
public record BlockRows(long usual, long most) {
  /** What files are read with; the most is 2 GiB of numbers in double precision. */
  public static final BlockRows DEFAULT = new BlockRows(1 << 22, 1 << 28);

  /**
   * {@return the number of rows of a block, at least 1}
   *
   * @param rows the number of all rows
   * @param width the number of values of a row
   * @param chunk the number of rows of a chunk, 1 where the matrix is not cut into chunks
   */
  public int of(int rows, int width, long chunk) {
    int values = Math.max(1, width);
    long chunks = Math.max(1, usual / values / chunk);
    // A chunk may be told to have any number of rows: the product stays in the range of long, as
    // more chunks than one have no more values than is usual.
    long whole = chunks * chunk;
    return Math.clamp(Math.min(whole, most / values), 1, Math.max(1, rows));
  }
}
