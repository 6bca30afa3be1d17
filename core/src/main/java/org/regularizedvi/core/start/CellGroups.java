package org.regularizedvi.core.start;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.regularizedvi.cells.SparseRows;

/**
 * Groups cells by what they express: each group has shares of the genes, and each cell belongs to
 * the group under whose shares its counts are likeliest (a mixture of multinomial distributions,
 * fitted with whole cells).
 *
 * <p>The groups begin one after another, each with those cells that the groups so far explain least
 * and that resemble the worst explained of them. They need not be cell types: a type may be several
 * groups, and a group need only be purer than all cells are.
 */
final class CellGroups {
  static final int MOST = 24;
  private static final int ROUNDS = 15;

  /** So many counts with the shares of all cells are added to those of a group. */
  private static final double SMOOTHING = 50;

  private static final int LEAST_CELLS = 5;

  private final SparseRows counts;
  private final double[] totalN;
  private final double[] meanG;
  private final double[][] logShareKG = new double[MOST][];
  private final double[] bestN;
  private final int[] groupN;

  private CellGroups(SparseRows counts) {
    this.counts = counts;
    this.totalN = counts.totals();
    this.bestN = new double[counts.rows()];
    this.groupN = new int[counts.rows()];
    this.meanG = new double[counts.columns()];
    for (int i = 0; i < counts.nonzeros(); i++) {
      meanG[counts.indices()[i]] += counts.values()[i];
    }
    double sum = Arrays.stream(meanG).sum();
    for (int g = 0; g < meanG.length; g++) {
      meanG[g] /= sum;
    }
  }

  /**
   * {@return the group of each cell, from 0 to {@link #MOST} - 1}
   *
   * @param counts of the genes that tell cells apart, each of which some cell has
   */
  static int[] of(SparseRows counts) {
    CellGroups groups = new CellGroups(counts);
    groups.begin();
    for (int round = 0; round < ROUNDS && groups.assign(); round++) {
      groups.learn();
    }
    return groups.groupN;
  }

  /** Chooses where the groups begin. */
  private void begin() {
    double[] ownN = new double[counts.rows()];
    Arrays.setAll(ownN, this::mostLikely);
    logShareKG[0] = logShares(new double[meanG.length]);
    Arrays.setAll(bestN, n -> logLikelihood(n, logShareKG[0]));
    int size = Math.max(LEAST_CELLS, counts.rows() / (2 * MOST));
    for (int k = 1; k < MOST; k++) {
      int worst =
          IntStream.range(0, counts.rows())
              .boxed()
              .max(
                  Comparator.comparingDouble(
                      n -> (ownN[n] - bestN[n]) / Math.sqrt(Math.max(1, totalN[n]))))
              .orElseThrow();
      double[] like = logShares(sums(new int[] {worst}));
      double[] gainN = new double[counts.rows()];
      Arrays.setAll(gainN, n -> logLikelihood(n, like) - bestN[n]);
      int[] first =
          IntStream.range(0, counts.rows())
              .boxed()
              .sorted(Comparator.comparingDouble(n -> -gainN[n]))
              .limit(size)
              .mapToInt(Integer::intValue)
              .toArray();
      logShareKG[k] = logShares(sums(first));
      double[] own = logShareKG[k];
      Arrays.setAll(bestN, n -> Math.max(bestN[n], logLikelihood(n, own)));
    }
  }

  /** {@return the log-likelihood of a cell's counts under its own shares} */
  private double mostLikely(int cell) {
    double sum = 0;
    for (int i = counts.indptr()[cell]; i < counts.indptr()[cell + 1]; i++) {
      double x = counts.values()[i];
      sum += x * Math.log(x / totalN[cell]);
    }
    return sum;
  }

  private double logLikelihood(int cell, double[] logShareG) {
    double sum = 0;
    for (int i = counts.indptr()[cell]; i < counts.indptr()[cell + 1]; i++) {
      sum += counts.values()[i] * logShareG[counts.indices()[i]];
    }
    return sum;
  }

  private double[] sums(int[] cells) {
    double[] sumG = new double[meanG.length];
    for (int cell : cells) {
      addTo(sumG, cell);
    }
    return sumG;
  }

  private void addTo(double[] sumG, int cell) {
    for (int i = counts.indptr()[cell]; i < counts.indptr()[cell + 1]; i++) {
      sumG[counts.indices()[i]] += counts.values()[i];
    }
  }

  private double[] logShares(double[] sumG) {
    double total = Arrays.stream(sumG).sum() + SMOOTHING;
    double[] logs = new double[sumG.length];
    Arrays.setAll(logs, g -> Math.log((sumG[g] + SMOOTHING * meanG[g]) / total));
    return logs;
  }

  /** Gives each cell its likeliest group, and tells whether a cell's group changed. */
  private boolean assign() {
    int[] before = groupN.clone();
    IntStream.range(0, groupN.length)
        .parallel()
        .forEach(
            n -> {
              double[] logs = new double[MOST];
              Arrays.setAll(logs, k -> logLikelihood(n, logShareKG[k]));
              groupN[n] =
                  IntStream.range(0, MOST)
                      .reduce((a, b) -> logs[b] > logs[a] ? b : a)
                      .orElseThrow();
            });
    return !Arrays.equals(before, groupN);
  }

  private void learn() {
    double[][] sumKG = new double[MOST][meanG.length];
    for (int n = 0; n < groupN.length; n++) {
      addTo(sumKG[groupN[n]], n);
    }
    Arrays.setAll(logShareKG, k -> logShares(sumKG[k]));
  }
}
