package org.regularizedvi.core.start;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.counts.CountSummary;

/**
 * Bounds how much of a sample can be ambient, by genes that some of its cells do not express.
 *
 * <p>What cells have of such a gene is ambient at most, so its share of their counts, over its
 * share of the counts of all cells, is the ambient fraction at most (if what is in solution is like
 * what is in the cells). Which cells these are is not known: a gene's counts are taken for a
 * mixture of Poisson counts at a few levels per molecule of the cell, and the lowest level for that
 * of the cells without it. As any one gene may be wrong, the bound is that of a tenth of the genes.
 * The idea is that of SoupX (Young and Behjati 2020), which takes its cells from clusters.
 */
final class AmbientBound {
  private static final int MOST_CELLS = 10_000;
  private static final int MOST_GENES = 100;
  private static final int LEAST_CELLS = 300;
  private static final int LEAST_GENES = 10;

  /** A gene with fewer counts in a sample does not tell how low its lowest level is. */
  private static final double LEAST_COUNTS = 500;

  private static final double QUANTILE = 0.1;

  /** Of so small a share a gene has ten counts at most in a small sample, which may be none. */
  private static final double LEAST_BOUND = 0.02;

  private final int[] genes;
  private final int[] cells;
  private final float[][] countGN;
  private final double[] totalN;

  private AmbientBound(Counts counts, CountSummary summary) {
    genes = mostVariable(summary);
    int stride = (counts.rows() + MOST_CELLS - 1) / MOST_CELLS;
    cells =
        IntStream.range(0, counts.rows())
            .filter(n -> n % stride == 0 && summary.totals()[n] > 0)
            .toArray();
    totalN = Arrays.stream(cells).mapToDouble(n -> summary.totals()[n]).toArray();
    countGN = new float[genes.length][cells.length];
    gather(counts);
  }

  /**
   * Goes over the counts once more.
   *
   * @param counts the counts, cells x G
   * @param summary the sums over them
   * @param ambient the ambient categories
   * @return the bound of each ambient category; that of all cells for a category with few cells,
   *     and 1 where too few genes say anything
   */
  static double[] of(Counts counts, CountSummary summary, CountSummary.Ambient ambient) {
    AmbientBound bound = new AmbientBound(counts, summary);
    OptionalDouble ofAll = OptionalDouble.empty(); // found when a category needs it
    double[] bounds = new double[summary.cellsOf().length];
    int place = 0;
    for (int key = 0; key < ambient.sizes().length; key++) {
      int[] codes = ambient.codes()[key];
      for (int category = 0; category < ambient.sizes()[key]; category++) {
        int wanted = category;
        int[] own =
            IntStream.range(0, bound.cells.length)
                .filter(i -> codes[bound.cells[i]] == wanted)
                .toArray();
        if (own.length < LEAST_CELLS && ofAll.isEmpty()) {
          ofAll = OptionalDouble.of(bound.among(IntStream.range(0, bound.cells.length).toArray()));
        }
        bounds[place++] = own.length < LEAST_CELLS ? ofAll.getAsDouble() : bound.among(own);
      }
    }
    return bounds;
  }

  /** The genes whose counts vary most beyond what chance and the cells' totals make them vary. */
  private static int[] mostVariable(CountSummary summary) {
    double cells = summary.cells();
    double meanTotal = summary.meanTotal();
    double ofTotals =
        Arrays.stream(summary.totals()).map(t -> (t / meanTotal - 1) * (t / meanTotal - 1)).sum()
            / cells;
    double[] excess = new double[summary.sums().length];
    for (int g = 0; g < excess.length; g++) {
      double mean = summary.sums()[g] / cells;
      double variance = summary.squares()[g] / cells - mean * mean;
      excess[g] = (variance - mean) / (mean * mean) - ofTotals;
    }
    return IntStream.range(0, excess.length)
        .filter(g -> summary.sums()[g] >= LEAST_COUNTS)
        .boxed()
        .sorted((a, b) -> Double.compare(excess[b], excess[a]))
        .limit(MOST_GENES)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private void gather(Counts counts) {
    int[] placeOf = new int[counts.columns()];
    Arrays.fill(placeOf, -1);
    for (int i = 0; i < genes.length; i++) {
      placeOf[genes[i]] = i;
    }
    int first = 0;
    int next = 0;
    for (SparseRows block : (Iterable<SparseRows>) counts.blocks()::iterator) {
      for (; next < cells.length && cells[next] < first + block.rows(); next++) {
        int row = cells[next] - first;
        for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
          int place = placeOf[block.indices()[i]];
          if (place >= 0) {
            countGN[place][next] = block.values()[i];
          }
        }
      }
      first += block.rows();
    }
  }

  /** The bound by some of the cells, given by their places. */
  private double among(int[] places) {
    double[] totals = Arrays.stream(places).mapToDouble(i -> totalN[i]).toArray();
    double[] bounds =
        IntStream.range(0, genes.length)
            .parallel()
            .mapToDouble(
                g ->
                    boundOf(
                        Arrays.stream(places).mapToDouble(i -> countGN[g][i]).toArray(), totals))
            .filter(own -> own < 1)
            .sorted()
            .toArray();
    return bounds.length < LEAST_GENES
        ? 1
        : Math.max(LEAST_BOUND, bounds[(int) (QUANTILE * bounds.length)]);
  }

  /** What one gene allows: 1, anything, for one that tells nothing. */
  private static double boundOf(double[] countN, double[] totalN) {
    if (Arrays.stream(countN).sum() < LEAST_COUNTS) {
      return 1;
    }
    double mean =
        IntStream.range(0, countN.length).mapToDouble(n -> countN[n] / totalN[n]).sum()
            / countN.length;
    return CountLevels.fit(countN, totalN).lowest() / mean;
  }
}
