package org.regularizedvi.kernel.random;

/** Draws one column at a time: the definition that {@link VectorDraws} must match to the bit. */
final class ScalarDraws implements Draws {
  static final float TWO_POW_MINUS_24 = 0x1p-24f;

  @Override
  public void normals(
      long key, long rowStep, int tag, int group, int groups, float[] out, int offset) {
    int first = group * CounterRandom.GROUP;
    for (int i = 0; i < groups * CounterRandom.GROUP; i++) {
      out[offset + i] = normal(key, rowStep, tag, first + i);
    }
  }

  @Override
  public void uniforms(
      long key, long rowStep, int tag, int group, int groups, float[] out, int offset) {
    int first = group * CounterRandom.GROUP;
    for (int i = 0; i < groups * CounterRandom.GROUP; i++) {
      out[offset + i] = uniform(key, rowStep, tag, first + i);
    }
  }

  /** The normal of one column. */
  static float normal(long key, long rowStep, int tag, int column) {
    return BoxMuller.normal(pair(key, rowStep, tag, column), wordOf(column) & 1);
  }

  /** The uniform of one column. */
  static float uniform(long key, long rowStep, int tag, int column) {
    return (word(key, rowStep, tag, column) >>> 8) * TWO_POW_MINUS_24;
  }

  /** The 32 random bits of one column. */
  static int word(long key, long rowStep, int tag, int column) {
    long pair = pair(key, rowStep, tag, column);
    return (wordOf(column) & 1) == 0 ? Threefry.low(pair) : Threefry.high(pair);
  }

  /** The pair of words that holds a column's own. */
  private static long pair(long key, long rowStep, int tag, int column) {
    int counter0 = (column >>> 6) * CounterRandom.LANES + (column & 15);
    long counter01 = Threefry.pack(counter0, Threefry.low(rowStep));
    long counter23 = Threefry.pack(Threefry.high(rowStep), tag);
    return Threefry.pair(
        Threefry.ROUNDS, counter01, counter23, key, CounterRandom.KEY_HIGH, wordOf(column) >> 1);
  }

  private static int wordOf(int column) {
    return (column >>> 4) & 3;
  }
}
