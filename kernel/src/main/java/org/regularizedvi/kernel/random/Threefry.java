package org.regularizedvi.kernel.random;

/**
 * Threefry-4x32 for any number of rounds: a keyed bijection of 128-bit counters, in plain scalar
 * code.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11. The
 * paper reports 12 rounds and more as passing BigCrush. Rotations and key schedule are those of the
 * published algorithm; the tests hold them against its known answers.
 */
final class Threefry {
  /** Rounds the program draws with; see DECISIONS/0002-counter-random.md. */
  static final int ROUNDS = 12;

  /** Parity constant of the key schedule. */
  static final int PARITY = 0x1BD11BDA;

  /** Rotations of (x0, x1) in round r, at r mod 8. */
  private static final int[] ROTATE_FIRST = {10, 11, 13, 23, 6, 17, 25, 18};

  /** Rotations of (x2, x3) in round r, at r mod 8. */
  private static final int[] ROTATE_SECOND = {26, 21, 27, 5, 20, 11, 10, 20};

  private Threefry() {}

  /** Two 32-bit words in a long; the word of the lower index is the lower half. */
  static long pack(int low, int high) {
    return (low & 0xFFFFFFFFL) | ((long) high << 32);
  }

  static int low(long pair) {
    return (int) pair;
  }

  static int high(long pair) {
    return (int) (pair >>> 32);
  }

  /**
   * Returns words (0, 1) or (2, 3) of the output block, packed as by {@link #pack}.
   *
   * @param rounds number of rounds, 1 or more
   * @param counter01 counter words 0 and 1, packed
   * @param counter23 counter words 2 and 3, packed
   * @param key01 key words 0 and 1, packed
   * @param key23 key words 2 and 3, packed
   * @param pair 0 for words (0, 1), 1 for words (2, 3)
   */
  static long pair(int rounds, long counter01, long counter23, long key01, long key23, int pair) {
    int k0 = low(key01);
    int k1 = high(key01);
    int k2 = low(key23);
    int k3 = high(key23);
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    int x0 = low(counter01) + k0;
    int x1 = high(counter01) + k1;
    int x2 = low(counter23) + k2;
    int x3 = high(counter23) + k3;
    for (int r = 0; r < rounds; r++) {
      int first = ROTATE_FIRST[r & 7];
      int second = ROTATE_SECOND[r & 7];
      if ((r & 1) == 0) {
        x0 += x1;
        x1 = Integer.rotateLeft(x1, first) ^ x0;
        x2 += x3;
        x3 = Integer.rotateLeft(x3, second) ^ x2;
      } else {
        x0 += x3;
        x3 = Integer.rotateLeft(x3, first) ^ x0;
        x2 += x1;
        x1 = Integer.rotateLeft(x1, second) ^ x2;
      }
      if ((r & 3) == 3) { // after every fourth round the key, moved by one word, is added again
        int k = k0;
        k0 = k1;
        k1 = k2;
        k2 = k3;
        k3 = k4;
        k4 = k;
        x0 += k0;
        x1 += k1;
        x2 += k2;
        x3 += k3 + (r + 1) / 4;
      }
    }
    return pair == 0 ? pack(x0, x1) : pack(x2, x3);
  }
}
