package org.regularizedvi.core.differential;

import java.util.stream.IntStream;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Which sample of the first group is held against which of the second.
 *
 * @param first places among the first group's samples
 * @param second as many among the second's
 */
public record Pairs(int[] first, int[] second) {
  public Pairs {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "Pairs of %d and %d samples".formatted(first.length, second.length));
    }
  }

  public int size() {
    return first.length;
  }

  /** Each sample with that of the same place. */
  public static Pairs inOrder(int samples) {
    int[] all = IntStream.range(0, samples).toArray();
    return new Pairs(all, all);
  }

  /**
   * Draws pairs with replacement, each within a block of samples, as many in every block and at
   * least one.
   *
   * @param pairs wanted; what is left of a division by the blocks is not drawn
   */
  public static Pairs drawn(
      PickedCells cells, int pairs, long seed, Contrast contrast, int modality) {
    CounterRandom random = new CounterRandom(seed);
    int each = Math.max(1, pairs / cells.blocks());
    int[][] places = new int[2][cells.blocks() * each];
    for (int side = 0; side < 2; side++) {
      Draw draw = new Draw(Draw.Kind.DIFFERENTIAL_PAIR, modality, side);
      for (int i = 0; i < places[side].length; i++) {
        places[side][i] =
            i / each * cells.block()
                + DrawnPlace.below(cells.block(), random, draw, contrast.first(), i);
      }
    }
    return new Pairs(places[0], places[1]);
  }
}
