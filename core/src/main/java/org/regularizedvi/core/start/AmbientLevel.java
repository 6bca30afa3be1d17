package org.regularizedvi.core.start;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.counts.CountSummary;

/**
 * Finds how much of a sample is ambient where its profile was measured: the most that the counts of
 * genes allow which some cells lack.
 *
 * <p>What a group of cells has of a gene, over what it would have if all its counts were ambient,
 * is the ambient fraction at most, and near it for a gene that the group does not express. Which
 * genes and groups these are is not known, and the lowest of many such ratios are low by chance
 * too. Hence half of the cells say, for each gene, in which group the ratio is lowest and which
 * genes have the lowest of these; the other half says what the ratio is there, and then they change
 * places. Cells are grouped by other genes than those that a ratio is of. The idea is that of SoupX
 * (Young and Behjati 2020), which lets users or the data choose markers among clusters.
 */
final class AmbientLevel {
  private static final int MOST_CELLS = 6000;
  private static final int GROUPING_GENES = 1000;
  private static final double LEAST_COUNTS = 100;

  /** A group tells of a gene when so many counts are expected if all of them are ambient. */
  private static final double LEAST_EXPECTED = 10;

  /** A gene counts by what is expected of it, but by no more than this. */
  private static final double MOST_EXPECTED = 100;

  /** This share of the genes that tell is taken. */
  private static final double LOWEST = 0.1;

  /** Of a category in which fewer genes tell, nothing is known. */
  private static final int LEAST_GENES = 100;

  /** A gene tells where so many groups do: one that is in all cells alike tells nothing. */
  private static final int LEAST_GROUPS = 2;

  /** 2^64 over the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
  private static final long HASH = 0x9e3779b97f4a7c15L;

  /** A group of fewer cells tells nothing. */
  private static final int LEAST_CELLS = 5;

  private final SparseRows counts;
  private final double[] totalN;

  /** Two groupings of the cells, each by genes of its own. */
  private final int[][] groupN = new int[2][];

  /** The grouping that tells of a gene, which is not one that the gene took part in. */
  private final int[] groupingG;

  private AmbientLevel(Counts all, CountSummary summary, int[] cells) {
    counts = all.gather(cells);
    totalN = counts.totals();
    groupingG = new int[all.columns()];
    int[] genes = AmbientBound.mostVariable(summary, GROUPING_GENES, LEAST_COUNTS);
    for (int grouping = 0; grouping < groupN.length; grouping++) {
      int[] placeOf = new int[all.columns()];
      Arrays.fill(placeOf, -1);
      int own = 0;
      for (int i = grouping; i < genes.length; i += groupN.length) {
        placeOf[genes[i]] = own++;
        groupingG[genes[i]] = 1 - grouping;
      }
      groupN[grouping] = CellGroups.of(counts.withColumns(placeOf, own));
    }
  }

  /**
   * Goes over some of the cells once more.
   *
   * @param all the counts, cells x G
   * @param summary the sums over them
   * @param codeN the ambient category of each cell
   * @param shareGC the measured profile of each category, of which each adds up to 1
   * @return the ambient fraction of each category; of one with too few counts that of all cells
   *     under the mean of the profiles, and empty where these have too few
   */
  static OptionalDouble[] of(Counts all, CountSummary summary, int[] codeN, FloatMatrix shareGC) {
    int stride = (all.rows() + MOST_CELLS - 1) / MOST_CELLS;
    int[] cells =
        IntStream.range(0, all.rows())
            .filter(n -> n % stride == 0 && summary.totals()[n] > 0)
            .toArray();
    AmbientLevel level = new AmbientLevel(all, summary, cells);
    OptionalDouble[] found = new OptionalDouble[shareGC.columns()];
    double[] pooledG = new double[shareGC.rows()];
    for (int c = 0; c < found.length; c++) {
      int category = c;
      int[] own =
          IntStream.range(0, cells.length).filter(i -> codeN[cells[i]] == category).toArray();
      double[] shareG = new double[pooledG.length];
      Arrays.setAll(shareG, g -> shareGC.at(g, category));
      found[c] = level.among(own, shareG);
      double total = Arrays.stream(own).mapToDouble(i -> level.totalN[i]).sum();
      Arrays.setAll(pooledG, g -> pooledG[g] + total * shareG[g]);
    }
    if (Arrays.stream(found).allMatch(OptionalDouble::isPresent)) {
      return found;
    }
    double total = Arrays.stream(level.totalN).sum();
    Arrays.setAll(pooledG, g -> pooledG[g] / total);
    OptionalDouble pooled = level.among(IntStream.range(0, cells.length).toArray(), pooledG);
    return Arrays.stream(found)
        .map(own -> own.isPresent() ? own : pooled)
        .toArray(OptionalDouble[]::new);
  }

  private OptionalDouble among(int[] places, double[] shareG) {
    Half[] halves = {new Half(), new Half()};
    for (int place : places) {
      halves[half(place)].add(place);
    }
    double[] found =
        IntStream.range(0, 2)
            .mapToObj(h -> halves[h].ratio(halves[1 - h], shareG))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return found.length < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.clamp((found[0] + found[1]) / 2, AmbientBound.LEAST_BOUND, 1));
  }

  /** Which half a cell is in, whatever order the cells have: a bit of a product, as in hashing. */
  private static int half(int place) {
    return (int) ((place + 1) * HASH >>> Long.SIZE - 1);
  }

  /** Sums over the cells of each group, of half of the cells of a category. */
  private final class Half {
    private final GroupSums[] sums = {new GroupSums(), new GroupSums()};

    void add(int place) {
      for (int grouping = 0; grouping < sums.length; grouping++) {
        sums[grouping].add(place, groupN[grouping][place]);
      }
    }

    /** A gene in the group in which its ratio is lowest, by the ratio's upper limit. */
    private record Lowest(int gene, int group, double limit) {}

    /** {@return the mean ratio over the other half, of the genes that are lowest in this half} */
    OptionalDouble ratio(Half other, double[] shareG) {
      Lowest[] genes =
          IntStream.range(0, shareG.length)
              .mapToObj(g -> lowest(g, shareG[g]))
              .filter(own -> Double.isFinite(own.limit()))
              .sorted(Comparator.comparingDouble(Lowest::limit))
              .toArray(Lowest[]::new);
      if (genes.length < LEAST_GENES) {
        return OptionalDouble.empty();
      }
      double found = 0;
      double expected = 0;
      int most = (int) (LOWEST * genes.length);
      for (Lowest own : Arrays.asList(genes).subList(0, most)) {
        GroupSums theirs = other.sums[groupingG[own.gene()]];
        double all = theirs.totalK[own.group()] * shareG[own.gene()];
        if (all > 0) {
          double weight = Math.min(1, MOST_EXPECTED / all);
          found += weight * theirs.sumKG[own.group()][own.gene()];
          expected += weight * all;
        }
      }
      return expected > 0 ? OptionalDouble.of(found / expected) : OptionalDouble.empty();
    }

    /**
     * {@return the lowest limit of two groups or more that tell of a gene, else an infinite one}
     */
    private Lowest lowest(int gene, double share) {
      GroupSums own = sums[groupingG[gene]];
      Lowest none = new Lowest(gene, 0, Double.POSITIVE_INFINITY);
      Lowest lowest = none;
      int groups = 0;
      for (int k = 0; k < CellGroups.MOST; k++) {
        double expected = own.totalK[k] * share;
        if (own.cellsK[k] >= LEAST_CELLS && expected >= LEAST_EXPECTED) {
          double limit = (own.sumKG[k][gene] + own.deviation(k, gene)) / expected;
          lowest = limit < lowest.limit() ? new Lowest(gene, k, limit) : lowest;
          groups++;
        }
      }
      return groups < LEAST_GROUPS ? none : lowest;
    }
  }

  /** Sums over the cells of each group of one grouping. */
  private final class GroupSums {
    private final int[] cellsK = new int[CellGroups.MOST];
    private final double[] totalK = new double[CellGroups.MOST];
    private final double[] totalSquaresK = new double[CellGroups.MOST];
    private final double[][] sumKG = new double[CellGroups.MOST][counts.columns()];
    private final double[][] squaresKG = new double[CellGroups.MOST][counts.columns()];
    private final double[][] timesTotalKG = new double[CellGroups.MOST][counts.columns()];

    void add(int place, int k) {
      double total = totalN[place];
      cellsK[k]++;
      totalK[k] += total;
      totalSquaresK[k] += total * total;
      for (int i = counts.indptr()[place]; i < counts.indptr()[place + 1]; i++) {
        double x = counts.values()[i];
        int g = counts.indices()[i];
        sumKG[k][g] += x;
        squaresKG[k][g] += x * x;
        timesTotalKG[k][g] += x * total;
      }
    }

    /** The standard error of a sum, at least that of Poisson counts. */
    double deviation(int k, int gene) {
      double sum = sumKG[k][gene];
      double level = sum / totalK[k];
      double squares =
          squaresKG[k][gene] - 2 * level * timesTotalKG[k][gene] + level * level * totalSquaresK[k];
      return Math.sqrt(Math.max(squares, sum + 1));
    }
  }
}
