package org.regularizedvi.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.report.Judgement.Verdict;

/** Judges invented courses of 40 epochs. */
class TrainingJudgeTest {
  private static final int EPOCHS = 40;
  private static final double[] CONSTANT = series(_ -> 0.001);
  private static final double[] COSINE = series(e -> 0.008 * (1 + Math.cos(Math.PI * e / 40)) / 2);

  /** Training cells' ELBO falls to the end, whatever the others' does. */
  private static final double[] FALLING = series(e -> 2000 - 8 * e);

  private static double[] series(IntToDoubleFunction value) {
    return IntStream.range(0, EPOCHS).mapToDouble(value).toArray();
  }

  private static Judgement judge(double[] rates, Optional<double[]> validation, int kept) {
    return judge(FALLING, rates, validation, kept);
  }

  private static Judgement judge(
      double[] training, double[] rates, Optional<double[]> validation, int kept) {
    return TrainingJudge.of(
        new Course(
            List.of(
                new Curve("elbo", training, validation), new Curve("lr", rates, Optional.empty())),
            kept));
  }

  @Test
  void overfitted() {
    double[] rising = series(e -> 1500 + (e < 10 ? 10 * (10 - e) : 5 * (e - 10)));
    Judgement judgement = judge(COSINE, Optional.of(rising), EPOCHS);
    assertThat(judgement.verdict()).isEqualTo(Verdict.POOR);
    assertThat(judgement.finding())
        .isEqualTo(
            "Over-fitted: on cells kept out of training, the ELBO was lowest after epoch 11 of 40, 1500.0 nats per cell, and is 1645.0 in the model, 9.67 % more; on the training cells it is 1688.0.");
    assertThat(judgement.advice()).contains("--max-epochs 11", "--early-stopping", "--n-hidden");
    assertThat(judge(COSINE, Optional.of(series(e -> 1000 + Math.max(0, e - 35))), EPOCHS))
        .as("a little")
        .extracting(Judgement::verdict)
        .isEqualTo(Verdict.LOOK);
  }

  @Test
  void stoppedEarlyAndRestored() {
    double[] rising = series(e -> 1500 + (e < 10 ? 10 * (10 - e) : 5 * (e - 10)));
    Judgement judgement = judge(COSINE, Optional.of(rising), 11);
    assertThat(judgement.verdict()).isEqualTo(Verdict.LOOK);
    assertThat(judgement.finding())
        .isEqualTo(
            "Best epoch kept: on cells kept out of training, the ELBO was lowest after epoch 11 of 40, 1500.0 nats per cell, and rose to 1645.0; the model is that of epoch 11.");
    assertThat(judgement.advice())
        .contains("85 % of its highest", "--max-epochs 11")
        .doesNotContain("--early-stopping");
    Judgement constant = judge(CONSTANT, Optional.of(rising), 11);
    assertThat(constant.verdict()).isEqualTo(Verdict.GOOD);
    assertThat(constant.advice()).isEmpty();
  }

  @Test
  void converged() {
    double[] settled = series(e -> 1500 + 100 * Math.exp(-e / 4.0));
    Judgement constant = judge(CONSTANT, Optional.of(settled), EPOCHS);
    assertThat(constant.verdict()).isEqualTo(Verdict.GOOD);
    assertThat(constant.finding()).startsWith("Converged: ").endsWith("it is 1688.0.");
    assertThat(constant.advice()).as("the training cells' fall is no reason").isEmpty();
    Judgement cosine = judge(COSINE, Optional.of(settled), EPOCHS);
    assertThat(cosine.verdict()).isEqualTo(Verdict.GOOD);
    assertThat(cosine.finding()).contains("flattens any course");
  }

  @Test
  void stillImprovingInValidation() {
    Judgement slow = judge(COSINE, Optional.of(series(e -> 1500 - e)), EPOCHS);
    assertThat(slow.verdict()).isEqualTo(Verdict.LOOK);
    assertThat(slow.finding()).startsWith("Still improving: ").contains("0.27 %", "1461.0");
    assertThat(slow.advice()).contains("--max-epochs 80");
    assertThat(judge(CONSTANT, Optional.of(series(e -> 1500 - 8 * e)), EPOCHS).verdict())
        .isEqualTo(Verdict.POOR);
  }

  @Test
  void withoutValidationNothingIsConcludedFromASlowFall() {
    Judgement slow = judge(COSINE, Optional.empty(), EPOCHS);
    assertThat(judge(series(_ -> 1500), CONSTANT, Optional.empty(), EPOCHS).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(slow.verdict()).isEqualTo(Verdict.POOR);
    assertThat(slow.advice()).contains("--max-epochs 80", "--train-size 0.9");
    Judgement flat = judge(series(e -> 1500 - e), COSINE, Optional.empty(), EPOCHS);
    assertThat(flat.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(flat.advice()).contains("--train-size 0.9").doesNotContain("--max-epochs");
  }

  @Test
  void noCourseAdvisesMoreAndFewerEpochsAtOnce() {
    for (int bend = 0; bend < EPOCHS; bend++) {
      int turn = bend;
      double[] values = series(e -> 1500 + 3 * Math.abs(e - turn));
      for (int kept : new int[] {turn + 1, EPOCHS}) {
        Judgement judgement = judge(COSINE, Optional.of(values), kept);
        boolean more = judgement.advice().contains("More epochs");
        boolean fewer = judgement.advice().contains("--max-epochs " + (turn + 1));
        assertThat(more && fewer).as("best epoch %d, kept %d", turn + 1, kept).isFalse();
        assertThat(fewer)
            .as("best epoch %d, kept %d", turn + 1, kept)
            .isEqualTo(EPOCHS - 1 - turn > 0 && judgement.verdict() != Verdict.GOOD && !more);
      }
    }
  }

  @Test
  void fewEpochsShowNoTrendButTheyShowARise() {
    double[] three = {1500, 1480, 1470};
    Course falling =
        new Course(List.of(new Curve("elbo", three, Optional.of(three))), three.length);
    assertThat(TrainingJudge.of(falling).verdict()).isEqualTo(Verdict.UNKNOWN);
    Course rising =
        new Course(
            List.of(new Curve("elbo", three, Optional.of(new double[] {1500, 1510, 1600}))), 3);
    assertThat(TrainingJudge.of(rising).verdict()).isEqualTo(Verdict.POOR);
    assertThat(TrainingJudge.of(new Course(List.of(), 0)).verdict()).isEqualTo(Verdict.UNKNOWN);
  }
}
