package org.regularizedvi.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Local regression against scikit-misc, and the order of features that rank alike. */
final class LocalRegressionTest {
  /** {@code skmisc.loess.loess(x, y, span=0.3, degree=2)} of scikit-misc 0.5.3. */
  @Test
  void smoothsAsTheProgramOfItsAuthors() {
    double[] x = new double[60];
    double[] y = new double[60];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * i % 37 / 10.0;
      y[i] = Math.sin(x[i]) + i % 7 / 20.0;
    }
    double[] smooth = LocalRegression.smooth(x, y, 0.3);
    int[] at = {0, 1, 2, 3, 10, 20, 30, 40, 50, 59};
    double[] expected = {
      0.05586713249491074,
      0.1769421449357711,
      0.49152407119047536,
      1.0137784830849301,
      0.6776629089496558,
      0.3362737337810585,
      0.9966614449654586,
      1.0137784830849301,
      1.0282362313550883,
      0.39498957705288146
    };
    assertThat(Arrays.stream(at).mapToDouble(i -> smooth[i]).toArray())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(expected);
  }

  @Test
  void pointsThatDetermineNoQuadraticHaveASimplerCurve() {
    assertThat(LocalRegression.smooth(new double[] {2}, new double[] {5}, 0.3)[0])
        .isCloseTo(5, within(1e-9));
  }

  /** Ranks 0, 1, 2 are of the first three; a feature that two groups have goes before one's. */
  @Test
  void ofEqualMediansThatOfMoreGroupsIsFirst() {
    double[] one = {9, 1, 8, 2, 3};
    double[] other = {1, 9, 8, 3, 2};
    assertThat(VariableFeatures.first(List.of(one, other), 1)).containsExactly(0);
    assertThat(VariableFeatures.first(List.of(one, other), 2)).containsExactly(0, 1);
    assertThat(VariableFeatures.first(List.of(one, other, other), 1)).containsExactly(1);
  }
}
