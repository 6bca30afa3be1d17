package org.regularizedvi.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks the values of networks that depend on the number of cells. */
final class NetworkConfigTest {
  @Test
  void dropoutFallsWithTheNumberOfCells() {
    assertThat(dropped(20)).isEqualTo(0.5);
    assertThat(dropped(1_000)).isEqualTo(0.5);
    assertThat(dropped(1_805)).isEqualTo(0.28);
    assertThat(dropped(12_000)).isEqualTo(0.04);
    assertThat(dropped(50_000)).isEqualTo(0.01);
    assertThat(dropped(1_000_000)).isZero();
  }

  @Test
  void aRateThatWasGivenStays() {
    NetworkConfig given = NetworkConfig.recommended().withDropout(0.3, false);
    assertThat(given.forCells(12_000)).isEqualTo(given);
    assertThat(NetworkConfig.published().forCells(12_000)).isEqualTo(NetworkConfig.published());
  }

  private static double dropped(int cells) {
    return NetworkConfig.recommended().forCells(cells).dropoutRate().orElseThrow();
  }
}
