package org.regularizedvi.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cli.reporting.Durations;
import org.regularizedvi.core.result.History;
import org.regularizedvi.training.TrainListener.Plan;

/** What a user sees while a model trains, with a clock that ticks a second a step. */
class ProgressTest {
  private long seconds;

  private String watch(boolean live, int epochs, int stepsPerEpoch) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Console console =
        new Console(new PrintStream(System.out), new PrintStream(text, true, UTF_8), live);
    History history = new History();
    try (Progress progress = new Progress(console, () -> seconds * 1_000_000_000)) {
      progress.started(new Plan(epochs, stepsPerEpoch, 1800, 200));
      for (int epoch = 1; epoch <= epochs; epoch++) {
        for (int step = 1; step <= stepsPerEpoch; step++) {
          seconds++;
          progress.stepEnded((long) (epoch - 1) * stepsPerEpoch + step, 2000 - epoch);
        }
        history.append(Map.of("loss_train", 2000.0 - epoch));
        progress.epochEnded(epoch, history);
      }
    }
    return text.toString(UTF_8);
  }

  @Test
  void inAFileOneLineATenthOfTheEpochs() {
    String text = watch(false, 40, 3);
    assertThat(text.lines()).hasSize(11);
    assertThat(text).doesNotContain("\r", "\033");
    assertThat(text.lines().findFirst())
        .contains("training on 1,800 cells, validating on 200, up to 40 epochs of 3 steps");
    assertThat(text).contains("epoch 4/40 (10 %): loss 1996.0, 1 min 48 s left");
    assertThat(text).endsWith("epoch 40/40 (100 %): loss 1960.0, 0 s left\n");
  }

  @Test
  void withFewEpochsOneLineEach() {
    assertThat(watch(false, 2, 1).lines()).hasSize(3);
  }

  @Test
  void onATerminalOneLineThatIsWrittenOver() {
    String text = watch(true, 4, 5);
    assertThat(text.lines().filter(line -> line.contains("epoch 2/4"))).isNotEmpty();
    assertThat(text)
        .contains("\r\033[Kepoch 2/4 [############............] 50 %  loss 1998.0  10 s left");
    assertThat(text).endsWith("\r\033[K");
    assertThat(text.chars().filter(c -> c == '\n')).hasSize(1);
  }

  @Test
  void durationsAreShort() {
    assertThat(Durations.text(Duration.ofMillis(45_400))).isEqualTo("45 s");
    assertThat(Durations.text(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
    assertThat(Durations.text(Duration.ofMinutes(127))).isEqualTo("2 h 07 min");
  }
}
