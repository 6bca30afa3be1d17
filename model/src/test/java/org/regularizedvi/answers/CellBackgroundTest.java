package org.regularizedvi.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.FeaturePlaces;

/**
 * How many backgrounds a cell has, by counts at their mean. Of 100 features with the same
 * background ten are off, which have the tenth of it that tells.
 */
final class CellBackgroundTest {
  private static final int FEATURES = 100;
  private static final float S = 2;
  private static final float Y = 0.5f;
  private static final double EXPOSURE = 50;
  private static final float POISSON = 1e8f;

  /** Ten of the features are off, in no order; the others are on. */
  private static float[] rho(float off) {
    float[] rho = new float[FEATURES];
    Arrays.fill(rho, 30);
    for (int g : telling()) {
      rho[g] = off;
    }
    return rho;
  }

  private static int[] telling() {
    return IntStream.range(0, FEATURES / 10).map(i -> (37 * i + 5) % FEATURES).toArray();
  }

  private static SparseRows counts(float... values) {
    int[] all = IntStream.range(0, values.length).toArray();
    return new SparseRows(values.length, new int[] {0, values.length}, all, values);
  }

  private static FeaturePlaces places(int... lacking) {
    int[] columns = IntStream.range(0, FEATURES).toArray();
    for (int g : lacking) {
      columns[g] = -1;
    }
    return new FeaturePlaces(columns, FEATURES);
  }

  private static float[] all(float value) {
    float[] values = new float[FEATURES];
    Arrays.fill(values, value);
    return values;
  }

  private static double of(FeaturePlaces places, float[] x, float[] rho) {
    return of(places, x, rho, POISSON);
  }

  private static double of(FeaturePlaces places, float[] x, float[] rho, float theta) {
    CellBackground.Decoded decoded = new CellBackground.Decoded(rho, all(S), all(Y), all(theta));
    return new CellBackground(places).of(counts(x), 0, decoded, EXPOSURE);
  }

  /** With rho 0 and Poisson counts the maximum has a closed form: (4 + counts) / (4 + expected). */
  @Test
  void featuresThatAreOffTellByTheirCounts() {
    float[] rho = rho(0);
    for (float each : new float[] {0, 25, 50, 150}) {
      float[] x = all(1600);
      for (int g : telling()) {
        x[g] = each;
      }
      assertThat(of(places(), x, rho))
          .isCloseTo((4 + 10 * each) / (4 + 10 * EXPOSURE * S * Y), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.5f, 5, POISSON})
  void itIsTheMaximumOfItsPosterior(float theta) {
    float[] rho = rho(1);
    float[] x = all(1600);
    for (int i = 0; i < telling().length; i++) {
      x[telling()[i]] = (float) (EXPOSURE * (1 + 3 * S) * Y) + 10 * (i % 3 - 1);
    }
    double a = of(places(), x, rho, theta);
    double best = posterior(a, x, rho, theta);
    assertThat(posterior(a - 0.01, x, rho, theta)).isLessThan(best);
    assertThat(posterior(a + 0.01, x, rho, theta)).isLessThan(best);
    if (theta == POISSON) {
      // What the decoder gives is not ambient. The prior weighs 4 of some 500 counts.
      assertThat(a).isCloseTo(3, within(0.05));
    }
  }

  private static double posterior(double a, float[] x, float[] rho, double theta) {
    double sum = 4 * (Math.log(a) - a);
    for (int g : telling()) {
      double mu = EXPOSURE * (rho[g] + a * S) * Y;
      sum += x[g] * Math.log(mu / (theta + mu)) - theta * Math.log1p(mu / theta);
    }
    return sum;
  }

  /** Without a feature that is off, one that is on is among those that tell. */
  @Test
  void featuresThatTheFileLacksTellNothing() {
    float[] x = all(1600);
    for (int g : telling()) {
      x[g] = 100;
    }
    x[telling()[0]] = 0;
    double whole = of(places(), x, rho(0));
    double without = of(places(telling()[0]), x, rho(0));
    assertThat(whole).isCloseTo(904.0 / 504, within(1e-4));
    assertThat(without).isGreaterThan(whole);
  }

  @Test
  void withoutExpectedAmbientCountsItIsOne() {
    CellBackground.Decoded none = new CellBackground.Decoded(rho(0), all(0), all(Y), all(POISSON));
    double a = new CellBackground(places()).of(counts(all(0)), 0, none, EXPOSURE);
    assertThat(a).isEqualTo(1);
    CellBackground.Decoded some = new CellBackground.Decoded(rho(0), all(S), all(Y), all(POISSON));
    double few = new CellBackground(places()).of(counts(all(0)), 0, some, 1e-4 * EXPOSURE);
    assertThat(few).isCloseTo(1, within(0.02));
  }

  @Test
  void aCellIsTheSameAmongOthers() {
    SplittableRandom random = new SplittableRandom(3);
    float[] rho = new float[2 * FEATURES];
    float[] x = new float[FEATURES];
    for (int g = 0; g < FEATURES; g++) {
      rho[g] = 7;
      rho[FEATURES + g] = (float) (10 * random.nextDouble());
      x[g] = random.nextInt(300);
    }
    SparseRows both =
        new SparseRows(
            FEATURES, new int[] {0, 0, FEATURES}, IntStream.range(0, FEATURES).toArray(), x);
    CellBackground.Decoded decoded =
        new CellBackground.Decoded(rho, twice(S), twice(Y), twice(POISSON));
    CellBackground background = new CellBackground(places());
    background.of(both, 0, decoded, EXPOSURE);
    assertThat(background.of(both, 1, decoded, EXPOSURE))
        .isEqualTo(of(places(), x, Arrays.copyOfRange(rho, FEATURES, 2 * FEATURES)));
  }

  private static float[] twice(float value) {
    float[] values = new float[2 * FEATURES];
    Arrays.fill(values, value);
    return values;
  }
}
