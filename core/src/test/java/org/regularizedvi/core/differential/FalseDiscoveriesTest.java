package org.regularizedvi.core.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CellGroups;

/**
 * Features whose fold change is known, and samples from its exact posterior: of those called, no
 * more may be wrong than the target says.
 *
 * <p>log2 fold changes r ~ N(0, 1) for a third of the features and N(0, 0.1 delta) for the others;
 * each is measured once, y ~ N(r, 0.25). Given y, r is of either kind with known odds and normal
 * under each. A call is wrong when r is not beyond delta on the side where y says it is.
 */
class FalseDiscoveriesTest {
  private static final double DELTA = 0.25;
  private static final double CHANGED = 1.0 / 3;
  private static final double[] SPREAD = {0.1 * DELTA, 1};
  private static final double NOISE = 0.25;
  private static final double BASE = 1e-3;

  @Test
  void theShareOfWrongCallsIsNearTheTarget() {
    check(4000, 400, 0.03);
  }

  @Test
  @Tag("long")
  void theShareOfWrongCallsIsNearTheTargetOfManyFeatures() {
    check(60_000, 2000, 0.008);
  }

  private static void check(int features, int samples, double slack) {
    SplittableRandom random = new SplittableRandom(11);
    double[] truth = new double[features];
    float[] first = new float[features * samples];
    float[] second = new float[features * samples];
    for (int g = 0; g < features; g++) {
      truth[g] = SPREAD[random.nextDouble() < CHANGED ? 1 : 0] * random.nextGaussian();
      double y = truth[g] + NOISE * random.nextGaussian();
      double odds = CHANGED / (1 - CHANGED) * density(y, SPREAD[1]) / density(y, SPREAD[0]);
      for (int s = 0; s < samples; s++) {
        double spread = SPREAD[random.nextDouble() * (1 + odds) < odds ? 1 : 0];
        double weight = spread * spread / (spread * spread + NOISE * NOISE);
        double r = weight * y + Math.sqrt(weight) * NOISE * random.nextGaussian();
        double level = BASE * Math.exp(0.5 * random.nextGaussian());
        first[g * samples + s] = (float) (level * Math.pow(2, r / 2));
        second[g * samples + s] = (float) (level * Math.pow(2, -r / 2));
      }
    }
    for (double target : new double[] {0.05, 0.2}) {
      ComparedGroups table = table(new FeatureSamples(first, second, features), target);
      int called = 0;
      int wrong = 0;
      Column.Flags flags = (Column.Flags) table.columns().get("is_de_fdr_" + target);
      double[] means = ((Column.Numbers) table.columns().get("lfc_mean")).values();
      for (int i = 0; i < features; i++) {
        if (flags.values()[i]) {
          double r = truth[Integer.parseInt(table.features().get(i))];
          called++;
          wrong += means[i] > 0 ? r >= DELTA ? 0 : 1 : r < -DELTA ? 0 : 1;
        }
      }
      long changed = IntStream.range(0, features).filter(g -> Math.abs(truth[g]) >= DELTA).count();
      assertThat((double) wrong / called).isBetween(target - slack, target + slack);
      assertThat((double) (called - wrong) / changed).isGreaterThan(target == 0.05 ? 0.5 : 0.7);
    }
  }

  /** Of y under a kind of features. */
  private static double density(double y, double spread) {
    double variance = spread * spread + NOISE * NOISE;
    return Math.exp(-y * y / (2 * variance)) / Math.sqrt(variance);
  }

  private static ComparedGroups table(FeatureSamples samples, double target) {
    int features = samples.features();
    DifferentialMode.Change mode =
        new DifferentialMode.Change(DELTA, OptionalDouble.empty(), target);
    FeatureTests tests =
        FeatureTests.change(mode, 1e-10, Pairs.inOrder(samples.firstSamples()), features);
    tests.add(0, samples);
    CountSums counts = new CountSums(features);
    counts.add(new SparseRows(features, new int[2], new int[0], new float[0]), 0, 0);
    CellGroups groups = new CellGroups("kind", new int[] {0, 1}, List.of("a", "b"));
    List<String> names = IntStream.range(0, features).mapToObj(Integer::toString).toList();
    return tests.result("", new Contrast(groups, 0, OptionalInt.of(1)), names, counts, counts);
  }
}
