package org.regularizedvi.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.report.Judgement.Verdict;

class JudgeTest {
  private static Map<String, Judgement> judge(
      double[] training,
      Optional<double[]> kept,
      double klL,
      double active,
      Optional<Double> mixing) {
    Report base = Hostile.report();
    Report report =
        new Report(
            base.run(),
            new Report.Fit(100, 1000, Hostile.terms(900, 50, klL), active, 5, new double[10]),
            new Course(List.of(new Curve("elbo", training, kept)), training.length),
            new Integration(
                mixing.map(score -> new Integration.Mixing("donor", score, 100)), List.of()),
            base.map(),
            base.modalities(),
            base.attribution());
    return Judge.of(report).stream()
        .collect(Collectors.toMap(Judgement::topic, Function.identity()));
  }

  private static double[] series(java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, 40).mapToDouble(value).toArray();
  }

  @Test
  void whatWorkedIsGoodAndNeedsNoAdvice() {
    double[] settled = series(e -> 1000 + 500 * Math.exp(-e));
    Map<String, Judgement> all = judge(settled, Optional.of(settled), 5, 4, Optional.of(0.9));
    assertThat(all.values()).hasSize(4);
    assertThat(all.values()).allMatch(j -> j.verdict() == Verdict.GOOD && j.advice().isEmpty());
  }

  @Test
  void whatDidNotIsNamedWithTheOptionThatHelps() {
    double[] falling = series(e -> 2000 - 20 * e);
    double[] climbing = series(e -> 1500 + 5 * Math.abs(e - 10));
    Map<String, Judgement> all = judge(falling, Optional.of(climbing), 100, 1, Optional.of(0.1));
    assertThat(all.values()).allMatch(j -> j.verdict() == Verdict.POOR);
    assertThat(all.get("Training").advice()).contains("--max-epochs 11", "--early-stopping");
    assertThat(all.get("Library sizes").finding()).contains("10.0 % of the ELBO");
    assertThat(all.get("Mixing").finding()).contains("donor", "0.10");
  }

  @Test
  void whatWasNotMeasuredIsNotKnown() {
    Map<String, Judgement> all =
        judge(new double[] {3, 2}, Optional.empty(), 5, 4, Optional.empty());
    assertThat(all.get("Training").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(all.get("Mixing").verdict()).isEqualTo(Verdict.UNKNOWN);
  }
}
