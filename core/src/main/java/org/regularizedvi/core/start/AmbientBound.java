package org.regularizedvi.core.start;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * of the cells without it. Only markers tell, of which some cells have several times the mean. As
 * any one of them may be wrong, the bound is that of a quarter of them. The idea is that of SoupX
 * (Young and Behjati 2020), which takes its cells from clusters.
 */
final class AmbientBound {
  private static final int MOST_CELLS = 10_000;
  private static final int MOST_GENES = 150;

  /** With fewer markers in a category, the bound is that of all cells. */
  private static final int LEAST_MARKERS = 10;

  /** A marker's highest level is this many times its mean or more. */
  private static final double MARKER_LEVEL = 5;

  /** A gene with fewer counts in a category does not tell how low its lowest level is. */
  private static final double LEAST_COUNTS = 1000;

  private static final double QUANTILE = 0.25;

  /** Of so small a share a marker has ten counts at most where it has fewest, which may be none. */
  static final double LEAST_BOUND = 0.01;

  private final int[] genes;
  private final int[] cells;
  private final float[][] countGN;
  private final double[] totalN;

  private AmbientBound(Counts counts, CountSummary summary) {
    genes = mostVariable(summary, MOST_GENES, LEAST_COUNTS);
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
   * @return the bound of each ambient category; that of all cells where too few markers tell one,
   *     and 1 where too few do among all
   */
  static double[] of(Counts counts, CountSummary summary, CountSummary.Ambient ambient) {
    AmbientBound bound = new AmbientBound(counts, summary);
    List<OptionalDouble> found = new ArrayList<>();
    for (int key = 0; key < ambient.sizes().length; key++) {
      int[] codes = ambient.codes()[key];
      for (int category = 0; category < ambient.sizes()[key]; category++) {
        int wanted = category;
        found.add(
            bound.among(
                IntStream.range(0, bound.cells.length)
                    .filter(i -> codes[bound.cells[i]] == wanted)
                    .toArray()));
      }
    }
    double ofAll =
        found.stream().allMatch(OptionalDouble::isPresent)
            ? 1
            : bound.among(IntStream.range(0, bound.cells.length).toArray()).orElse(1);
    return found.stream().mapToDouble(own -> own.orElse(ofAll)).toArray();
  }

  /**
   * {@return the genes whose counts vary most beyond what chance and the cells' totals make them
   * vary}
   *
   * @param summary the sums over the counts
   * @param most how many genes
   * @param leastCounts how many counts such a gene has at least
   */
  static int[] mostVariable(CountSummary summary, int most, double leastCounts) {
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
        .filter(g -> summary.sums()[g] >= leastCounts)
        .boxed()
        .sorted((a, b) -> Double.compare(excess[b], excess[a]))
        .limit(most)
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

  /** The bound by some of the cells, given by their places; empty where too few markers tell. */
  private OptionalDouble among(int[] places) {
    double[] totals = Arrays.stream(places).mapToDouble(i -> totalN[i]).toArray();
    double[] bounds =
        IntStream.range(0, genes.length)
            .parallel()
            .mapToObj(
                g ->
                    boundOf(
                        Arrays.stream(places).mapToDouble(i -> countGN[g][i]).toArray(), totals))
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    return bounds.length < LEAST_MARKERS
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(LEAST_BOUND, bounds[(int) (QUANTILE * bounds.length)]));
  }

  /** What one gene allows; empty where it is no marker or has too few counts. */
  private static OptionalDouble boundOf(double[] countN, double[] totalN) {
    if (Arrays.stream(countN).sum() < LEAST_COUNTS) {
      return OptionalDouble.empty();
    }
    double mean =
        IntStream.range(0, countN.length).mapToDouble(n -> countN[n] / totalN[n]).sum()
            / countN.length;
    CountLevels levels = CountLevels.fit(countN, totalN);
    return levels.highest() < MARKER_LEVEL * mean
        ? OptionalDouble.empty()
        : OptionalDouble.of(levels.lowest() / mean);
  }
}
