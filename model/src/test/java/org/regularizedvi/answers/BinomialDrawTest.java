package org.regularizedvi.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws against the probabilities of the textbook. */
final class BinomialDrawTest {
  private static final int GRID = 20_000;

  @ParameterizedTest
  @CsvSource({"1, 0.3", "2, 0.5", "7, 0.01", "7, 0.999", "40, 0.37", "300, 0.8"})
  void aGridOfUniformsFallsAsTheProbabilitiesSay(int n, double p) {
    int[] hits = new int[n + 1];
    for (int i = 0; i < GRID; i++) {
      hits[BinomialDraw.of((i + 0.5) / GRID, n, p)]++;
    }
    double coefficient = 1;
    int best = 0;
    double most = 0;
    for (int k = 0; k <= n; k++) {
      double probability = coefficient * Math.pow(p, k) * Math.pow(1 - p, n - k);
      assertThat(hits[k] / (double) GRID).isCloseTo(probability, within(1.01 / GRID));
      if (probability >= most * (1 - 1e-12)) {
        best = k;
        most = Math.max(most, probability);
      }
      coefficient *= (n - k) / (k + 1.0);
    }
    assertThat(BinomialDraw.mode(n, p)).isEqualTo(best);
  }

  @Test
  void momentsOfLargeCounts() {
    SplittableRandom random = new SplittableRandom(1);
    int n = 1_000_000;
    double p = 0.93;
    double sum = 0;
    double squares = 0;
    int draws = 4000;
    for (int i = 0; i < draws; i++) {
      double off = BinomialDraw.of(random.nextDouble(), n, p) - n * p;
      sum += off;
      squares += off * off;
    }
    double variance = n * p * (1 - p);
    assertThat(sum / draws).isCloseTo(0, within(4 * Math.sqrt(variance / draws)));
    assertThat(squares / draws / variance).isCloseTo(1, within(4 * Math.sqrt(2.0 / draws)));
  }

  @Test
  void certainSharesAndExtremeUniforms() {
    assertThat(BinomialDraw.of(0.7, 9, 0)).isZero();
    assertThat(BinomialDraw.of(0.7, 9, 1)).isEqualTo(9);
    assertThat(BinomialDraw.of(Math.nextDown(1.0), 1 << 24, 0.4)).isBetween(0, 1 << 24);
  }
}
