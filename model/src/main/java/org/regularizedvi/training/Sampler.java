package org.regularizedvi.training;

import java.util.Arrays;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Picks the cells of every minibatch: a pure function of seed, epoch and step. Every training cell
 * comes once per epoch.
 *
 * @param random gives the permutations
 * @param training cells trained on, ascending
 * @param validation cells held back, ascending
 * @param batchSize number of cells in a minibatch, at least 1
 */
public record Sampler(CounterRandom random, int[] training, int[] validation, int batchSize) {
  /**
   * Holds back a random share of the cells: trained on are the first ceil(trainSize * cells) of a
   * permutation.
   *
   * @param seed makes the permutations
   * @param cells number of all cells
   * @param trainSize share of the cells that are trained on, in (0, 1]
   * @param batchSize number of cells in a minibatch, at least 1
   * @return the sampler
   */
  public static Sampler split(long seed, int cells, double trainSize, int batchSize) {
    CounterRandom random = new CounterRandom(seed);
    int[] order = random.permutation(Draw.Kind.SPLIT.purpose(), 0, cells);
    int train = (int) Math.ceil(trainSize * cells);
    int[] training = Arrays.copyOfRange(order, 0, train);
    int[] validation = Arrays.copyOfRange(order, train, cells);
    Arrays.sort(training);
    Arrays.sort(validation);
    return new Sampler(random, training, validation, batchSize);
  }

  /** {@return the number of minibatches per epoch} */
  public int stepsPerEpoch() {
    return (training.length + batchSize - 1) / batchSize;
  }

  /**
   * {@return the number of cells in a minibatch}
   *
   * @param step counted from 0 within the epoch
   */
  public int cells(int step) {
    int steps = stepsPerEpoch();
    return bound(training.length, step + 1, steps) - bound(training.length, step, steps);
  }

  /**
   * {@return the training cells in the order of an epoch}
   *
   * @param epoch counted from 0
   */
  public int[] epoch(int epoch) {
    int[] order = random.permutation(Draw.Kind.SHUFFLE.purpose(), epoch, training.length);
    for (int i = 0; i < order.length; i++) {
      order[i] = training[order[i]];
    }
    return order;
  }

  /**
   * {@return one minibatch of an epoch's order} The minibatches of an epoch differ by one cell at
   * most: a nearly empty last one would move all parameters as far as any other, on the word of a
   * few cells.
   *
   * @param epochOrder the cells as {@link #epoch} gives them
   * @param step counted from 0 within the epoch
   */
  public int[] step(int[] epochOrder, int step) {
    int steps = stepsPerEpoch();
    return Arrays.copyOfRange(
        epochOrder,
        bound(epochOrder.length, step, steps),
        bound(epochOrder.length, step + 1, steps));
  }

  private static int bound(int length, int part, int parts) {
    return (int) ((long) length * part / parts);
  }
}
