package org.regularizedvi.core.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.FloatMatrix;

final class AmbientPriorTest {
  private static final double[] SHARES = {0.5, 0.3, 0.2};
  private static final double LEVEL = 0.2;

  private static AmbientPrior prior(double shape, double level) {
    float[] shares = {0.5f, 0.3f, 0.2f};
    return new AmbientPrior(
        new FloatMatrix(3, 1, shares),
        new double[] {LEVEL},
        new double[] {shape},
        new double[] {level});
  }

  private static double negativeLog(AmbientPrior prior, double... s) {
    double sum = Arrays.stream(s).sum();
    double divergence = 0;
    for (int g = 0; g < s.length; g++) {
      divergence += SHARES[g] * Math.log(SHARES[g] / (s[g] / sum));
    }
    return prior.negativeLog(0, divergence, sum);
  }

  @Test
  void itIsLeastAtTheLevelTimesTheProfile() {
    AmbientPrior prior = prior(40, 7);
    assertThat(negativeLog(prior, 0.1, 0.06, 0.04)).isCloseTo(0, within(1e-12));
    assertThat(negativeLog(prior, 0.11, 0.05, 0.04)).isPositive();
    assertThat(negativeLog(prior, 0.2, 0.12, 0.08)).isPositive();
    assertThat(prior.mean(1, 0)).isCloseTo(0.06, within(1e-8));
  }

  /** Gamma(shape w a, mean L a), as a density of log s, for each gene on its own. */
  @Test
  void ofEqualWeightsItIsAGammaPriorOfEachGene() {
    double weight = 40;
    double[] s = {0.15, 0.02, 0.07};
    double expected = 0;
    for (int g = 0; g < s.length; g++) {
      double mean = LEVEL * SHARES[g];
      GammaPrior own = new GammaPrior(weight * SHARES[g], weight / LEVEL);
      expected += own.logDensity(mean) + Math.log(mean) - own.logDensity(s[g]) - Math.log(s[g]);
    }
    assertThat(negativeLog(prior(weight, weight), s)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void furtherCategoriesAreFree() {
    AmbientPrior wider = prior(40, 7).extended(3);
    assertThat(wider.categories()).isEqualTo(3);
    assertThat(wider.negativeLog(2, 5, 17)).isZero();
    assertThat(wider.mean(2, 0)).isCloseTo(0.04, within(1e-8));
    assertThat(wider.shareGC().at(2, 1)).isZero();
  }
}
