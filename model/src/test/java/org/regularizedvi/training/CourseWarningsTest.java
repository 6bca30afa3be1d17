package org.regularizedvi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regularizedvi.core.result.History;

final class CourseWarningsTest {
  private final List<String> warnings = new ArrayList<>();
  private final History history = new History();

  private void epoch(CourseWarnings course, double elbo, double klZ, double klL, double weight) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("elbo_validation", elbo);
    row.put("kl_z_train", klZ);
    row.put("kl_l_train", klL);
    row.put("kl_weight", weight);
    history.append(row);
    course.epochEnded(history);
  }

  @Test
  void saysOnceSinceWhenTheValidationRises() {
    CourseWarnings course = new CourseWarnings(history, false, warnings::add);
    for (int e = 0; e < 7; e++) {
      epoch(course, 1000 - e, 20, 1, 1); // the best is epoch 7
    }
    for (int e = 0; e < 9; e++) {
      epoch(course, 1000 + e, 20, 1, 1);
    }
    assertThat(warnings).isEmpty();
    epoch(course, 1009, 20, 1, 1);
    epoch(course, 1010, 20, 1, 1);
    assertThat(warnings)
        .containsExactly(
            "the validation ELBO has been rising since epoch 7 (994.0 nats per cell then, 1004.5 over the last 10"
                + " epochs): the model begins to learn single cells by heart; try --early-stopping or --max-epochs 7,"
                + " or a smaller network.");
  }

  @Test
  void withEarlyStoppingItSaysWhatIsKept() {
    CourseWarnings course = new CourseWarnings(history, true, warnings::add);
    for (int e = 0; e < 30; e++) {
      epoch(course, 1000 + e, 20, 1, 1);
    }
    assertThat(warnings)
        .containsExactly(
            "the validation ELBO has been rising since epoch 1 (1000.0 nats per cell then, 1005.5 over the last 10"
                + " epochs): the model begins to learn single cells by heart; early stopping keeps the best epoch, but"
                + " a better fit may come from --max-epochs 1, or a smaller network.");
  }

  @Test
  void aFlatCourseIsNoReason() {
    CourseWarnings course = new CourseWarnings(history, false, warnings::add);
    for (int e = 0; e < 40; e++) {
      epoch(course, 1000 + e % 2, 20, 1, 1);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void saysOnceThatTheLibraryDominatesAtFullWeightOnly() {
    CourseWarnings course = new CourseWarnings(history, false, warnings::add);
    for (int e = 0; e < 9; e++) {
      epoch(course, 1000 - e, 4, 8.5, e < 5 ? 0.5 : 1);
    }
    assertThat(warnings).isEmpty();
    epoch(course, 900, 4, 8.5, 1);
    epoch(course, 899, 4, 8.5, 1);
    assertThat(warnings)
        .containsExactly(
            "the KL of the library size (8.5 nats per cell) has been more than twice that of the latent representation"
                + " (4.0) for 5 epochs: the library size may take over what belongs to the latent representation; look"
                + " at --library-size-key, or raise --library-log-vars-weight so that its prior is wider.");
  }

  @Test
  void whatAnInterruptedRunSaidIsNotSaidAgain() {
    CourseWarnings first = new CourseWarnings(history, false, warnings::add);
    for (int e = 0; e < 5; e++) {
      epoch(first, 1000 - e, 4, 8.5, 1);
    }
    assertThat(warnings).hasSize(1);
    epoch(new CourseWarnings(history, false, warnings::add), 900, 4, 8.5, 1);
    assertThat(warnings).hasSize(1);
  }
}
