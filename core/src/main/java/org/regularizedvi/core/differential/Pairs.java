package org.regularizedvi.core.differential;

import java.util.stream.IntStream;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Says which sample of the first group is held against which sample of the second.
 *
 * @param first places among the first group's samples
 * @param second as many places among the second group's samples
 */
public record Pairs(int[] first, int[] second) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when there are not as many of both, or none
   */
  public Pairs {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "Pairs of %d and %d samples".formatted(first.length, second.length));
    }
  }

  /** {@return the number of pairs} */
  public int size() {
    return first.length;
  }

  /**
   * {@return pairs of each sample with that of the same place}
   *
   * @param samples the number of samples of each group
   */
  public static Pairs inOrder(int samples) {
    int[] all = IntStream.range(0, samples).toArray();
    return new Pairs(all, all);
  }

  /**
   * Draws pairs with replacement. Both samples of a pair are of the same block, and every block
   * gets as many pairs as every other, at least one.
   *
   * @param cells the samples' cells, in blocks
   * @param pairs how many to draw; what is left over when they are divided among the blocks is not
   *     drawn
   * @param seed makes the draws
   * @param contrast the groups, which key the draws
   * @param modality the place of the modality, which keys the draws
   * @return the pairs
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
