package org.regularizedvi.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  @Test
  void theLastEpochIsKeptUnlessAnotherIsNamed() {
    History history = new History();
    assertThat(history.keptEpoch()).isZero();
    history.append(Map.of("elbo", 3.0));
    history.append(Map.of("elbo", 1.0));
    history.append(Map.of("elbo", 2.0));
    assertThat(history.keptEpoch()).isEqualTo(3);
    assertThat(history.kept("elbo")).isEqualTo(2);
    history.keep(2);
    assertThat(history.keptEpoch()).isEqualTo(2);
    assertThat(history.kept("elbo")).isEqualTo(1);
    assertThat(history.last("elbo")).isEqualTo(2);
    assertThatThrownBy(() -> history.append(Map.of("elbo", 0.0)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyItsOwnEpochsCanBeKept() {
    History history = History.of(Map.of("elbo", new double[] {3, 2}));
    assertThatThrownBy(() -> history.keep(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> history.keep(3)).isInstanceOf(IllegalArgumentException.class);
  }
}
