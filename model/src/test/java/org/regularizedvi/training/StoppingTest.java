package org.regularizedvi.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.core.config.LrSchedule;
import org.regularizedvi.core.config.PlateauConfig;
import org.regularizedvi.core.config.TrainConfig;

final class StoppingTest {
  @Test
  void stopsAfterPatienceWithoutEnoughImprovement() {
    EarlyStopping stopping = new EarlyStopping(new EarlyStoppingConfig(2, 0.001), 1000);
    assertThat(overAfter(stopping, 100)).isFalse();
    assertThat(overAfter(stopping, 99.5)).as("less than 1 better").isFalse();
    assertThat(overAfter(stopping, 98.9)).as("improved").isFalse();
    assertThat(overAfter(stopping, 98.5)).isFalse();
    assertThat(overAfter(stopping, 98.5)).isTrue();
  }

  private static boolean overAfter(EarlyStopping stopping, double metric) {
    stopping.epochEnded(1, metric, 1);
    return stopping.over();
  }

  @Test
  void theBestEpochIsTheLowestByHoweverLittle() {
    EarlyStopping stopping = new EarlyStopping(new EarlyStoppingConfig(9, 0.001), 1000);
    assertThat(stopping.best()).isEmpty();
    assertThat(stopping.epochEnded(1, 100, 1)).isTrue();
    assertThat(stopping.epochEnded(2, 99.5, 1)).as("less than 1 better").isTrue();
    assertThat(stopping.epochEnded(3, 99.5, 1)).as("as good").isFalse();
    assertThat(stopping.epochEnded(4, Double.NaN, 1)).isFalse();
    assertThat(stopping.epochEnded(5, 99.6, 1)).isFalse();
    assertThat(stopping.best()).hasValue(2);
    assertThat(stopping.state().patience()).isEqualTo(new Patience(100, 4));
  }

  @Test
  void saysWhenItCannotEndATraining() {
    EarlyStopping stopping = new EarlyStopping(EarlyStoppingConfig.defaults(), 1000);
    assertThat(stopping.idle(20, 80)).isEmpty();
    assertThat(stopping.idle(15, 61)).isEmpty();
    assertThat(stopping.idle(15, 60))
        .hasValue(
            "early stopping cannot end this training before its last epoch, since a KL warm-up of 15 and a patience of 45"
                + " (--early-stopping-patience) are not less than 60 epochs; the best epoch is kept all the same.");
  }

  @Test
  void waitsOnlyOnceTheKlHasItsFullWeight() {
    EarlyStopping stopping = new EarlyStopping(new EarlyStoppingConfig(2, 0), 1000);
    double[] rising = {100, 101, 102, 103, 104};
    for (int epoch = 1; epoch <= rising.length; epoch++) {
      stopping.epochEnded(epoch, rising[epoch - 1], 0.2 * (epoch - 1));
      assertThat(stopping.over()).as("in the warm-up").isFalse();
    }
    assertThat(stopping.best()).as("an epoch of the warm-up").hasValue(1);
    stopping.epochEnded(6, 105, 1);
    assertThat(stopping.over()).isFalse();
    stopping.epochEnded(7, 106, 1);
    assertThat(stopping.over()).isTrue();
    assertThat(stopping.best()).hasValue(1);
  }

  @Test
  void cutsTheRateOncePatienceIsOverAndNotBelowTheMinimum() {
    Plateau plateau = new Plateau(new PlateauConfig(0.5, 1, 0, 0.3));
    assertThat(plateau.next(10, 1)).isEqualTo(1);
    assertThat(plateau.next(10, 1)).isEqualTo(1);
    assertThat(plateau.next(10, 1)).isEqualTo(0.5);
    assertThat(plateau.next(9, 0.5)).isEqualTo(0.5);
    assertThat(plateau.next(9, 0.5)).isEqualTo(0.5);
    assertThat(plateau.next(9, 0.5)).isEqualTo(0.3);
  }

  @Test
  void warmsUpLinearlyFromZero() {
    KlWarmup warmup = new KlWarmup(4);
    assertThat(warmup.weight(0)).isZero();
    assertThat(warmup.weight(1)).isEqualTo(0.25);
    assertThat(warmup.weight(4)).isEqualTo(1);
    assertThat(warmup.weight(9)).isEqualTo(1);
    assertThat(new KlWarmup(0).weight(0)).isEqualTo(1);
  }

  @Test
  void takesEpochsFromTheNumberOfCells() {
    TrainConfig published = TrainConfig.published();
    assertThat(published.epochsFor(20_000)).isEqualTo(400);
    assertThat(published.epochsFor(1_000)).isEqualTo(400);
    assertThat(published.epochsFor(100_000)).isEqualTo(80);
    assertThat(published.epochsFor(100_000_000)).isEqualTo(1);
    assertThat(published.withMaxEpochs(7).epochsFor(5)).isEqualTo(7);
    assertThat(published.klWarmupFor(5)).isEqualTo(400);
    assertThat(TrainConfig.recommended().epochsFor(1_000)).isEqualTo(80);
    assertThat(TrainConfig.recommended().epochsFor(800_000)).isEqualTo(10);
    assertThat(TrainConfig.recommended().klWarmupFor(1_000)).isEqualTo(20);
    assertThat(TrainConfig.recommended().withNEpochsKlWarmup(3).klWarmupFor(1)).isEqualTo(3);
  }

  @Test
  void ratesRiseAndFall() {
    assertThat(LrSchedule.CONSTANT.factor(0, 100)).isEqualTo(1);
    assertThat(LrSchedule.COSINE.factor(0, 100)).isEqualTo(1.0 / 8);
    assertThat(LrSchedule.COSINE.factor(50, 100)).isCloseTo(0.5, within(1e-12));
    assertThat(LrSchedule.COSINE.factor(99, 100)).isBetween(0.0, 0.001);
  }
}
