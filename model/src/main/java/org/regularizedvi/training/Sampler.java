package org.regularizedvi.training;

import java.util.Arrays;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Picks the cells of every minibatch: a pure function of seed and epoch. Every cell comes once an
 * epoch.
 *
 * @param training cells trained on
 * @param validation cells held back
 */
public record Sampler(CounterRandom random, int[] training, int[] validation, int batchSize) {
  /**
   * Holds back a random share of the cells: trained on are the first ceil(trainSize * cells) of a
   * permutation.
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

  public int stepsPerEpoch() {
    return (training.length + batchSize - 1) / batchSize;
  }

  /** The training cells in the order of an epoch. */
  public int[] epoch(int epoch) {
    int[] order = random.permutation(Draw.Kind.SHUFFLE.purpose(), epoch, training.length);
    for (int i = 0; i < order.length; i++) {
      order[i] = training[order[i]];
    }
    return order;
  }

  /**
   * One minibatch of an epoch's order. The minibatches of an epoch differ by one cell at most: a
   * nearly empty last one would move all parameters as far as any other, on the word of a few
   * cells.
   */
  public int[] step(int[] epochOrder, int step) {
    long steps = stepsPerEpoch();
    int from = (int) ((long) epochOrder.length * step / steps);
    int to = (int) (epochOrder.length * (step + 1L) / steps);
    return Arrays.copyOfRange(epochOrder, from, to);
  }
}
