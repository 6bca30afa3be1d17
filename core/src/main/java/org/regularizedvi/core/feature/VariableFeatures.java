package org.regularizedvi.core.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.input.InputException;

/**
 * Ranks features by how much their counts vary beyond what their mean lets expect, as scanpy's
 * flavour seurat_v3 does: in each group of cells the logarithm of the variance is smoothed over
 * that of the mean, counts are standardised by the smooth variance and clipped at the square root
 * of the number of cells, and the variance of what results ranks the features. Over all groups the
 * median of a feature's ranks counts among those groups where it is one of the first, and where
 * medians are equal the number of these groups. See T. Stuart et al., "Comprehensive integration of
 * single-cell data", Cell 177 (2019).
 */
final class VariableFeatures {
  private static final double SPAN = 0.3;

  /** The fewest cells of a group that have a variance. */
  private static final int FEWEST = 2;

  private VariableFeatures() {}

  /**
   * Finds the features that vary most, going through the counts once more.
   *
   * @param counts the counts
   * @param moments the sums of each of their groups
   * @param columns those of the features among which these are, ascending
   * @param n how many there shall be
   * @return the columns of the first features, ascending
   * @throws InputException when no group has two cells
   */
  static int[] first(GroupedCounts counts, List<FeatureMoments> moments, int[] columns, int n) {
    List<double[]> deviations =
        moments.stream().map(own -> expectedDeviations(own, columns)).toList();
    List<double[]> limits = new ArrayList<>();
    for (int group = 0; group < moments.size(); group++) {
      FeatureMoments own = moments.get(group);
      double[] deviation = deviations.get(group);
      double[] limit = new double[deviation.length];
      Arrays.setAll(limit, g -> own.mean(g) + deviation[g] * Math.sqrt(own.cells()));
      limits.add(limit);
    }
    List<FeatureMoments> clipped = counts.clipped(limits);
    List<double[]> variances = new ArrayList<>();
    for (int group = 0; group < moments.size(); group++) {
      FeatureMoments own = moments.get(group);
      FeatureMoments cut = clipped.get(group);
      double[] deviation = deviations.get(group);
      if (own.cells() >= FEWEST) {
        variances.add(
            Arrays.stream(columns)
                .mapToDouble(g -> cut.spreadAbout(own.mean(g), g) / (deviation[g] * deviation[g]))
                .toArray());
      }
    }
    if (variances.isEmpty()) {
      throw new InputException(
          "n_top_genes needs a group of at least two cells to rank features in, but every group of %s has one."
              .formatted(counts.source().cells().source()));
    }
    return Arrays.stream(first(variances, n)).map(place -> columns[place]).toArray();
  }

  /** Returns the smooth standard deviation of each feature; 1 for one that does not vary. */
  private static double[] expectedDeviations(FeatureMoments moments, int[] columns) {
    double[] deviations = new double[moments.features()];
    Arrays.fill(deviations, 1);
    if (moments.cells() >= FEWEST) {
      int[] varying = Arrays.stream(columns).filter(g -> moments.variance(g) > 0).toArray();
      double[] smooth =
          LocalRegression.smooth(
              Arrays.stream(varying).mapToDouble(g -> Math.log10(moments.mean(g))).toArray(),
              Arrays.stream(varying).mapToDouble(g -> Math.log10(moments.variance(g))).toArray(),
              SPAN);
      for (int i = 0; i < varying.length; i++) {
        deviations[varying[i]] = Math.sqrt(Math.pow(10, smooth[i]));
      }
    }
    return deviations;
  }

  /**
   * {@return the places of the features that rank first, ascending}
   *
   * @param variances the variance of the standardised counts of each feature, by group
   * @param n how many; all when there are no more
   */
  static int[] first(List<double[]> variances, int n) {
    int features = variances.getFirst().length;
    List<List<Integer>> ranks = new ArrayList<>();
    IntStream.range(0, features).forEach(_ -> ranks.add(new ArrayList<>()));
    for (double[] own : variances) {
      int[] order = order(features, Comparator.comparingDouble(g -> -own[g]));
      for (int rank = 0; rank < Math.min(n, features); rank++) {
        ranks.get(order[rank]).add(rank);
      }
    }
    double[] medians = ranks.stream().mapToDouble(VariableFeatures::median).toArray();
    int[] order =
        order(
            features,
            Comparator.<Integer>comparingDouble(g -> medians[g])
                .thenComparingInt(g -> -ranks.get(g).size()));
    return Arrays.stream(order).limit(n).sorted().toArray();
  }

  /** Sorts features; equal ones stay in the order of their columns. */
  private static int[] order(int features, Comparator<Integer> by) {
    return IntStream.range(0, features).boxed().sorted(by).mapToInt(Integer::intValue).toArray();
  }

  /** Returns the median of ranks; NaN, which sorts last, of none. */
  private static double median(List<Integer> ranks) {
    int[] sorted = ranks.stream().mapToInt(Integer::intValue).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
  }
}
