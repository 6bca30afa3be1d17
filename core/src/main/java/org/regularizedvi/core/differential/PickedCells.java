package org.regularizedvi.core.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.regularizedvi.cells.keys.CellGroups;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Holds the cell of each sample of the two groups, drawn with replacement. Samples lie in blocks of
 * equal size: for each combination of categories that the decoder is given, there is a block for
 * each category of the column that balances the groups.
 *
 * @param first the cell of each of the first group's samples
 * @param second the cell of each of the second group's samples, as many
 * @param blocks the number of blocks
 * @param combinations the number of combinations, a divisor of the number of blocks
 */
public record PickedCells(int[] first, int[] second, int blocks, int combinations) {
  /** The smallest group that is compared; fewer cells say too little about their kind. */
  public static final int LEAST = 3;

  /**
   * Says which cells may be picked.
   *
   * @param source where the cells come from, for messages
   * @param modality the name of the modality, empty in a model of one
   * @param has whether a cell has the modality
   * @param balance the groups of which both sides get equally many cells
   */
  public record From(
      String source, String modality, IntPredicate has, Optional<CellGroups> balance) {}

  /**
   * Picks cells, as a function of the seed, the place of the modality and that of the first group.
   *
   * @param contrast the two groups
   * @param from the cells to pick from
   * @param choice the number of samples, and the seed
   * @param combinations the number of combinations of categories that the decoder is given
   * @param modality the place of the modality
   * @return the cells of all samples
   * @throws InputException when a group has too few cells, when no category of those that balance
   *     has cells of both groups, or when there are fewer samples than blocks
   */
  public static PickedCells of(
      Contrast contrast, From from, SampleChoice choice, int combinations, int modality) {
    int[] groups = contrast.groups().codes();
    int[] first = among(from.has(), groups, contrast::isFirst);
    int[] second = among(from.has(), groups, contrast::isSecond);
    requireEnough(first.length, contrast.name1(), contrast, from);
    requireEnough(second.length, contrast.name2(), contrast, from);
    List<int[][]> strata = strata(first, second, contrast, from);
    int blocks = Math.multiplyExact(combinations, strata.size());
    int each = choice.samples() / blocks;
    if (each == 0) {
      throw new InputException(
          "n_samples_overall must be at least %d, one for each combination of the categories of batch_correction and balance_by, but is %d."
              .formatted(blocks, choice.samples()));
    }
    CounterRandom random = new CounterRandom(choice.seed());
    int[][] picked = new int[2][blocks * each];
    for (int side = 0; side < 2; side++) {
      Draw draw = new Draw(Draw.Kind.DIFFERENTIAL_CELL, modality, side);
      for (int i = 0; i < picked[side].length; i++) {
        int[] cells = strata.get(i / each % strata.size())[side];
        picked[side][i] = cells[DrawnPlace.below(cells.length, random, draw, contrast.first(), i)];
      }
    }
    return new PickedCells(picked[0], picked[1], blocks, combinations);
  }

  private static int[] among(IntPredicate has, int[] groups, IntPredicate side) {
    return IntStream.range(0, groups.length)
        .filter(cell -> side.test(groups[cell]) && has.test(cell))
        .toArray();
  }

  private static void requireEnough(int cells, String group, Contrast contrast, From from) {
    if (cells < LEAST) {
      throw new InputException(
          "%s: group '%s' of obs['%s'] has %s%s; expected at least %d."
              .formatted(
                  from.source(),
                  group,
                  contrast.groups().column(),
                  Amount.of(cells, "cell"),
                  from.modality().isEmpty() ? "" : " with modality '%s'".formatted(from.modality()),
                  LEAST));
    }
  }

  /** {@return the cells of both sides by category, of those that both have} */
  private static List<int[][]> strata(int[] first, int[] second, Contrast contrast, From from) {
    if (from.balance().isEmpty()) {
      return List.<int[][]>of(new int[][] {first, second});
    }
    CellGroups by = from.balance().get();
    List<int[][]> strata = new ArrayList<>();
    for (int c = 0; c < by.names().size(); c++) {
      int category = c;
      IntPredicate own = cell -> by.codes()[cell] == category;
      int[][] both = {
        Arrays.stream(first).filter(own).toArray(), Arrays.stream(second).filter(own).toArray()
      };
      if (both[0].length > 0 && both[1].length > 0) {
        strata.add(both);
      }
    }
    if (strata.isEmpty()) {
      throw new InputException(
          "%s: balance_by needs a category of obs['%s'] with cells of both '%s' and '%s'; there is none."
              .formatted(from.source(), by.column(), contrast.name1(), contrast.name2()));
    }
    return strata;
  }

  /** {@return the number of samples of either group} */
  public int samples() {
    return first.length;
  }

  /** {@return the number of samples of a block} */
  public int block() {
    return first.length / blocks;
  }

  /**
   * {@return the combination that a block belongs to}
   *
   * @param block the place of the block
   */
  public int combination(int block) {
    return block / (blocks / combinations);
  }
}
