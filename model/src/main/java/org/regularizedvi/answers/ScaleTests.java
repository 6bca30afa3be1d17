package org.regularizedvi.answers;

import java.util.stream.IntStream;
import org.regularizedvi.core.differential.ComparedGroups;
import org.regularizedvi.core.differential.Contrast;
import org.regularizedvi.core.differential.CountSums;
import org.regularizedvi.core.differential.DifferentialMode;
import org.regularizedvi.core.differential.FeatureSamples;
import org.regularizedvi.core.differential.FeatureTests;
import org.regularizedvi.core.differential.Pairs;
import org.regularizedvi.core.differential.Pseudocounts;
import org.regularizedvi.engine.DecodedDraws;
import org.regularizedvi.kernel.threads.Team;

/**
 * Tests the features of two groups, {@value #TILE} at a time: a worker holds samples x {@value
 * #TILE} values of each group.
 */
record ScaleTests(
    DecodedDraws first, DecodedDraws second, CountSums counts1, CountSums counts2, Team team) {
  private static final int TILE = 128;

  ComparedGroups compare(
      Contrast contrast, DifferentialExpression.Asked asked, Pairs pairs, DifferentialMode mode) {
    int features = asked.features().size();
    FeatureTests tests =
        switch (mode) {
          case DifferentialMode.Vanilla _ -> FeatureTests.vanilla(pairs, features);
          case DifferentialMode.Change change ->
              FeatureTests.change(
                  change,
                  change.pseudocounts().orElseGet(() -> pseudocounts(features, pairs)),
                  pairs,
                  features);
        };
    forTiles(features, (from, to) -> tests.add(from, samples(from, to)));
    return tests.result(asked.name(), contrast, asked.features(), counts1, counts2);
  }

  private FeatureSamples samples(int from, int to) {
    return new FeatureSamples(first.scale(from, to), second.scale(from, to), to - from);
  }

  private double pseudocounts(int features, Pairs pairs) {
    boolean[] without1 = counts1.unexpressed();
    boolean[] without2 = counts2.unexpressed();
    double[] max1 = new double[features];
    double[] max2 = new double[features];
    forTiles(
        features,
        (from, to) -> {
          if (IntStream.range(from, to).noneMatch(g -> without1[g] || without2[g])) {
            return;
          }
          FeatureSamples samples = samples(from, to);
          for (int g = from; g < to; g++) {
            max1[g] = samples.max1(g - from, pairs);
            max2[g] = samples.max2(g - from, pairs);
          }
        });
    return Pseudocounts.of(chosen(max1, without1), chosen(max2, without2), features);
  }

  private static double[] chosen(double[] values, boolean[] which) {
    return IntStream.range(0, values.length)
        .filter(g -> which[g])
        .mapToDouble(g -> values[g])
        .toArray();
  }

  private interface Tile {
    void run(int from, int to);
  }

  private void forTiles(int features, Tile tile) {
    team.run(
        (features + TILE - 1) / TILE,
        (_, task) -> tile.run(task * TILE, Math.min(features, (task + 1) * TILE)));
  }
}
