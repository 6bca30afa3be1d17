package org.regularizedvi.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.regularizedvi.cpu.sparse.GeneRuns;
import org.regularizedvi.cpu.sparse.GeneTiles;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.work.PartTimes.Part;

/**
 * Predicts how long a step takes workers of one core each, from what its parts take one worker and
 * what each of two sends. Layers between the ends take all workers the whole time. First layers are
 * shared out by runs of genes, heads by tiles, so that a part takes as long as the worker with the
 * most of them needs. Of W workers each sends 2 (W - 1) / W of what each of two does.
 *
 * @param alikeMillis what every worker computes
 * @param firstMillis the first layers and their gradients, all runs of genes
 * @param headMillis the heads and the cutting of counts into tiles, all tiles
 * @param tiles how the genes are cut
 * @param bytesOfTwo what each of two workers sends a step
 */
record SplitPrediction(
    double alikeMillis, double firstMillis, double headMillis, GeneTiles tiles, double bytesOfTwo) {

  /**
   * Takes what was measured.
   *
   * @param genes number of genes
   * @param millis what each part of a step takes one worker of one thread
   * @param bytesOfTwo what each of two workers sends a step
   */
  static SplitPrediction of(int genes, ToDoubleFunction<Part> millis, double bytesOfTwo) {
    double first = sum(millis, Part.FIRST_LAYER, Part.FIRST_GRADIENT);
    double head = sum(millis, Part.HEAD, Part.COUNTS);
    return new SplitPrediction(
        millis.applyAsDouble(Part.STEP) - first - head,
        first,
        head,
        GeneTiles.of(genes),
        bytesOfTwo);
  }

  private static double sum(ToDoubleFunction<Part> millis, Part... parts) {
    return Arrays.stream(parts).mapToDouble(millis).sum();
  }

  /**
   * {@return the milliseconds of a step}
   *
   * @param workers their number
   * @param link how fast they exchange
   */
  double millis(int workers, Link link) {
    return alikeMillis
        + firstMillis * largestShare(new GeneRuns(tiles).count(), workers)
        + headMillis * largestShare(tiles.count(), workers)
        + link.millis(bytesOfTwo, 2.0 * (workers - 1) / workers);
  }

  /** {@return the share of so many things that the worker with the most of them has} */
  private static double largestShare(int things, int workers) {
    int[] bounds = Split.bounds(things, workers);
    return (double)
            IntStream.range(0, workers).map(rank -> bounds[rank + 1] - bounds[rank]).max().orElse(0)
        / things;
  }

  /** Prints a line for each number of workers. */
  void print(int[] workers, Link link) {
    System.out.printf(
        Locale.ROOT,
        "predicted from %.1f ms alike, %.1f of first layers, %.1f of heads; %.1f Gbit/s, %.1f ms besides for the exchanges of two%n",
        alikeMillis,
        firstMillis,
        headMillis,
        link.gigabits,
        link.millisOfTwo);
    double one = millis(1, link);
    for (int number : workers) {
      double all = millis(number, link);
      System.out.printf(
          Locale.ROOT, "%4d workers %9.1f ms, %.1f times one%n", number, all, one / all);
    }
  }

  /**
   * How fast workers exchange.
   *
   * @param gigabits of the network, a second in each direction, of which nine tenths carry numbers
   * @param millisOfTwo what the exchanges of two workers take a step where there is no network
   *     between them, which {@code bench/spark-train.sh} measures
   */
  record Link(double gigabits, double millisOfTwo) {
    private static final double PAYLOAD = 0.9;
    private static final double BITS = 8;

    /**
     * Returns what the exchanges take of a step, where each worker sends so many times the bytes.
     */
    private double millis(double bytes, double times) {
      return times * (millisOfTwo + bytes * BITS / (gigabits * PAYLOAD * 1e9) * 1000);
    }
  }
}
