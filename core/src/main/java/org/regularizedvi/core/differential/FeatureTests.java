package org.regularizedvi.core.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.PandasText;

/**
 * Collects the tests of one comparison. Any thread may add some features at a time; in the end the
 * features are put in order.
 */
public final class FeatureTests {
  private final Asked asked;
  private final Pairs pairs;
  private final double[] scale1;
  private final double[] scale2;
  private final double[] higher;
  private final ChangeStatistics[] changes;

  /** Is a mode with nothing left to estimate. */
  private sealed interface Asked {
    record Vanilla() implements Asked {}

    record Change(double delta, double pseudocounts, double fdrTarget) implements Asked {}
  }

  private FeatureTests(Asked asked, Pairs pairs, int features) {
    this.asked = asked;
    this.pairs = pairs;
    scale1 = new double[features];
    scale2 = new double[features];
    higher = new double[features];
    changes = new ChangeStatistics[features];
  }

  /**
   * {@return tests that ask whether expression is higher in the first group}
   *
   * @param pairs which samples are held against each other
   * @param features the number of all features
   */
  public static FeatureTests vanilla(Pairs pairs, int features) {
    return new FeatureTests(new Asked.Vanilla(), pairs, features);
  }

  /**
   * {@return tests that ask whether expression differs by more than a threshold}
   *
   * @param mode the threshold and the target for false discoveries
   * @param pseudocounts those given or estimated
   * @param pairs which samples are held against each other
   * @param features the number of all features
   */
  public static FeatureTests change(
      DifferentialMode.Change mode, double pseudocounts, Pairs pairs, int features) {
    return new FeatureTests(
        new Asked.Change(mode.delta(), pseudocounts, mode.fdrTarget()), pairs, features);
  }

  /**
   * Tests some features.
   *
   * @param from the place of the first of them among all features
   * @param samples their expression in both groups
   */
  public void add(int from, FeatureSamples samples) {
    for (int i = 0; i < samples.features(); i++) {
      int g = from + i;
      scale1[g] = samples.mean1(i);
      scale2[g] = samples.mean2(i);
      switch (asked) {
        case Asked.Vanilla _ -> higher[g] = samples.shareHigher(i, pairs);
        case Asked.Change(double delta, double pseudocounts, double _) ->
            changes[g] = ChangeStatistics.of(samples, i, pairs, delta, pseudocounts);
      }
    }
  }

  /**
   * {@return the table, with its features in order; samples of all features must have been added}
   *
   * @param modality the name of the modality, empty in a model of one
   * @param contrast the groups
   * @param features the names of all features
   * @param counts1 sums over the first group's cells
   * @param counts2 sums over the second group's cells
   */
  public ComparedGroups result(
      String modality,
      Contrast contrast,
      List<String> features,
      CountSums counts1,
      CountSums counts2) {
    SequencedMap<String, double[]> numbers = new LinkedHashMap<>();
    int[] order =
        switch (asked) {
          case Asked.Vanilla _ -> putVanilla(numbers);
          case Asked.Change change -> putChange(change, numbers);
        };
    putCounts(counts1, counts2, numbers);
    SequencedMap<String, Column> columns = new LinkedHashMap<>();
    numbers.forEach((name, values) -> columns.put(name, inOrder(values, order)));
    if (asked instanceof Asked.Change change) {
      double[] probabilities = ((Column.Numbers) columns.get("proba_de")).values();
      boolean[] called = FalseDiscoveries.called(probabilities, change.fdrTarget());
      columns.put(
          "is_de_fdr_" + PandasText.of(change.fdrTarget(), false),
          new Column.Flags(called, new boolean[called.length]));
    }
    return new ComparedGroups(
        modality,
        contrast.name1(),
        contrast.name2(),
        IntStream.of(order).mapToObj(features::get).toList(),
        columns);
  }

  private int[] putVanilla(SequencedMap<String, double[]> numbers) {
    double[] factors = filled(g -> BayesFactor.of(higher[g]));
    numbers.put("proba_m1", higher);
    numbers.put("proba_m2", filled(g -> 1 - higher[g]));
    numbers.put("bayes_factor", factors);
    numbers.put("scale1", scale1);
    numbers.put("scale2", scale2);
    return FalseDiscoveries.order(factors);
  }

  private int[] putChange(Asked.Change change, SequencedMap<String, double[]> numbers) {
    double[] probaDe = filled(g -> changes[g].probaDe());
    numbers.put("proba_de", probaDe);
    numbers.put("proba_not_de", filled(g -> 1 - probaDe[g]));
    numbers.put("bayes_factor", filled(g -> BayesFactor.of(probaDe[g])));
    numbers.put("scale1", scale1);
    numbers.put("scale2", scale2);
    numbers.put("pseudocounts", filled(_ -> change.pseudocounts()));
    numbers.put("delta", filled(_ -> change.delta()));
    numbers.put("lfc_mean", filled(g -> changes[g].mean()));
    numbers.put("lfc_median", filled(g -> changes[g].median()));
    numbers.put("lfc_std", filled(g -> changes[g].std()));
    numbers.put("lfc_min", filled(g -> changes[g].min()));
    numbers.put("lfc_max", filled(g -> changes[g].max()));
    return FalseDiscoveries.order(probaDe);
  }

  private static void putCounts(
      CountSums first, CountSums second, SequencedMap<String, double[]> numbers) {
    numbers.put("raw_mean1", first.means());
    numbers.put("raw_mean2", second.means());
    numbers.put("non_zeros_proportion1", first.nonzeroShares());
    numbers.put("non_zeros_proportion2", second.nonzeroShares());
    numbers.put("raw_normalized_mean1", first.normalisedMeans());
    numbers.put("raw_normalized_mean2", second.normalisedMeans());
  }

  private double[] filled(IntToDoubleFunction value) {
    return IntStream.range(0, scale1.length).mapToDouble(value).toArray();
  }

  private static Column inOrder(double[] values, int[] order) {
    return new Column.Numbers(IntStream.of(order).mapToDouble(g -> values[g]).toArray(), false);
  }
}
