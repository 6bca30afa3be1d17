package org.regularizedvi.kernel.random;

import java.util.Objects;

/**
 * Random numbers as a function of (seed, purpose, step, row, column): immutable, so free of order,
 * threads and vector width.
 *
 * <p>Threefry-4x32 turns the counter words below into four random words. Column c belongs to group
 * c / 64, lane c % 16 and output word (c / 16) % 4.
 *
 * <pre>
 *   word 0   group * 16 + lane
 *   word 1   row,  bits 0..31
 *   word 2   step, bits 0..31
 *   word 3   purpose (8 bits) | row bits 32..39 | step bits 32..47
 *   key      seed low, seed high, 0, 0
 * </pre>
 *
 * Different positions never share a counter: every field has bits of its own, and values that do
 * not fit are refused. Purposes: 0..255; rows: 0..2^40-1; steps: 0..2^48-1; columns: 0..2^31-65.
 */
public final class CounterRandom {
  /** Columns of one group: four words of each of 16 lanes. */
  public static final int GROUP = 64;

  static final int LANES = 16;
  static final long KEY_HIGH = 0L;

  private static final int MAX_COLUMN = Integer.MAX_VALUE - GROUP;
  private static final Draws FASTEST = VectorDraws.fits() ? new VectorDraws() : new ScalarDraws();

  private final long seed;
  private final Draws draws;

  /**
   * Makes a generator.
   *
   * @param seed all of its 64 bits count
   */
  public CounterRandom(long seed) {
    this(seed, FASTEST);
  }

  CounterRandom(long seed, Draws draws) {
    this.seed = seed;
    this.draws = draws;
  }

  /** {@return the seed} */
  public long seed() {
    return seed;
  }

  /**
   * Fills {@code out[offset .. offset + count)} with the standard normal numbers of columns {@code
   * fromColumn ..}. It is fastest when these are whole groups of 64 columns. No number is further
   * from 0 than 6.67.
   *
   * @param purpose says what the numbers are for, 0 to 255
   * @param step the step of training, 0 to 2^48-1
   * @param row the row, 0 to 2^40-1
   * @param fromColumn the first column
   * @param out takes the numbers
   * @param offset the element of {@code out} for the first column
   * @param count the number of columns
   * @throws IllegalArgumentException when a part of the position is out of range
   */
  public void normals(
      int purpose, long step, long row, int fromColumn, float[] out, int offset, int count) {
    int tag = tag(purpose, step, row);
    checkRange(fromColumn, out, offset, count);
    long rowStep = Threefry.pack((int) row, (int) step);
    int end = fromColumn + count;
    int from = Math.min(end, (fromColumn + GROUP - 1) / GROUP * GROUP); // first whole group
    int to = Math.max(from, end / GROUP * GROUP); // end of the last whole group
    int shift = offset - fromColumn;
    for (int c = fromColumn; c < from; c++) {
      out[shift + c] = ScalarDraws.normal(seed, rowStep, tag, c);
    }
    draws.normals(seed, rowStep, tag, from / GROUP, (to - from) / GROUP, out, shift + from);
    for (int c = to; c < end; c++) {
      out[shift + c] = ScalarDraws.normal(seed, rowStep, tag, c);
    }
  }

  /**
   * Fills {@code out[offset .. offset + count)} with the uniform numbers of columns {@code
   * fromColumn ..}: in [0, 1), multiples of 2^-24.
   *
   * @param purpose says what the numbers are for, 0 to 255
   * @param step the step of training, 0 to 2^48-1
   * @param row the row, 0 to 2^40-1
   * @param fromColumn the first column
   * @param out takes the numbers
   * @param offset the element of {@code out} for the first column
   * @param count the number of columns
   * @throws IllegalArgumentException when a part of the position is out of range
   */
  public void uniforms(
      int purpose, long step, long row, int fromColumn, float[] out, int offset, int count) {
    int tag = tag(purpose, step, row);
    checkRange(fromColumn, out, offset, count);
    long rowStep = Threefry.pack((int) row, (int) step);
    int end = fromColumn + count;
    int from = Math.min(end, (fromColumn + GROUP - 1) / GROUP * GROUP);
    int to = Math.max(from, end / GROUP * GROUP);
    int shift = offset - fromColumn;
    for (int c = fromColumn; c < from; c++) {
      out[shift + c] = ScalarDraws.uniform(seed, rowStep, tag, c);
    }
    draws.uniforms(seed, rowStep, tag, from / GROUP, (to - from) / GROUP, out, shift + from);
    for (int c = to; c < end; c++) {
      out[shift + c] = ScalarDraws.uniform(seed, rowStep, tag, c);
    }
  }

  /**
   * {@return the uniform number of one column, the one that {@link #uniforms} gives there}
   *
   * @param purpose says what the number is for, 0 to 255
   * @param step the step of training
   * @param row the row
   * @param column the column
   */
  public double uniform(int purpose, long step, long row, int column) {
    checkColumn(column);
    return ScalarDraws.uniform(
        seed, Threefry.pack((int) row, (int) step), tag(purpose, step, row), column);
  }

  /**
   * {@return the 32 random bits of one column, from which its draw is made}
   *
   * @param purpose says what the bits are for, 0 to 255
   * @param step the step of training
   * @param row the row
   * @param column the column
   */
  public int word(int purpose, long step, long row, int column) {
    checkColumn(column);
    return ScalarDraws.word(
        seed, Threefry.pack((int) row, (int) step), tag(purpose, step, row), column);
  }

  /**
   * Returns a permutation of 0 .. n-1; every one is equally likely. The algorithm is that of Fisher
   * and Yates, with bounded integers by Lemire's multiplication and rejection (ACM TOMACS 29, 2019)
   * on 64 random bits.
   *
   * <p>It uses the counters (word 0: place, word 1: attempt) of its purpose and step, so a purpose
   * that names permutations should name nothing else.
   *
   * @param purpose says what the permutation is for, 0 to 255
   * @param step the step or epoch
   * @param n the size, 0 or more
   * @return the permutation
   * @throws IllegalArgumentException when the size is negative or a part of the position is out of
   *     range
   */
  public int[] permutation(int purpose, long step, int n) {
    if (n < 0) {
      throw new IllegalArgumentException("size of a permutation: expected 0 or more, found " + n);
    }
    int tag = tag(purpose, step, 0);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = below(i + 1, i, tag, (int) step);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
    return order;
  }

  /** An integer in 0 .. bound-1, each equally likely. */
  private int below(int bound, int place, int tag, int stepLow) {
    long rejected = Long.remainderUnsigned(-(long) bound, bound); // 2^64 mod bound
    for (int attempt = 0; ; attempt++) {
      long bits =
          Threefry.pair(
              Threefry.ROUNDS,
              Threefry.pack(place, attempt),
              Threefry.pack(stepLow, tag),
              seed,
              KEY_HIGH,
              0);
      if (Long.compareUnsigned(bits * bound, rejected) >= 0) {
        return (int) Math.unsignedMultiplyHigh(bits, bound);
      }
    }
  }

  /** Counter word 3. */
  private static int tag(int purpose, long step, long row) {
    if ((purpose >>> 8) != 0 || (step >>> 48) != 0 || (row >>> 40) != 0) {
      throw new IllegalArgumentException(
          "position of a draw: expected purpose in 0..255, step below 2^48, row below 2^40, found purpose "
              + purpose
              + ", step "
              + step
              + ", row "
              + row);
    }
    return purpose | (int) (row >>> 32) << 8 | (int) (step >>> 32) << 16;
  }

  private static void checkColumn(int column) {
    if (column < 0 || column > MAX_COLUMN) {
      throw new IllegalArgumentException(
          "column of a draw: expected 0.." + MAX_COLUMN + ", found " + column);
    }
  }

  private static void checkRange(int fromColumn, float[] out, int offset, int count) {
    checkColumn(fromColumn);
    Objects.checkFromIndexSize(offset, count, out.length);
    if (count > MAX_COLUMN - fromColumn) {
      throw new IllegalArgumentException(
          "columns of a draw: expected an end of at most "
              + MAX_COLUMN
              + ", found from "
              + fromColumn
              + ", count "
              + count);
    }
  }
}
