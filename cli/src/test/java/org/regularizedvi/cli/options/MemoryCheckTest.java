package org.regularizedvi.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RunEstimate;

/** A training that needs more memory than there is ends in a sentence, or goes on with one. */
class MemoryCheckTest {
  private static final RunEstimate ESTIMATE =
      new RunEstimate(1_000_000_000, 3_440_000_000L, new RunEstimate.Work(1, 1, 1, 1, 1, 1));
  private static final String NEEDS =
      "Training needs about 4.9 GB of memory (weights 1.0 GB, counts 3.4 GB), but this machine has"
          + " 4.0 GB: fewer features or cells take less";

  @Test
  void refuses() {
    List<String> warnings = new ArrayList<>();
    assertThatThrownBy(() -> MemoryCheck.REFUSE.check(ESTIMATE, 4_000_000_000L, warnings::add))
        .isInstanceOf(InputException.class)
        .hasMessage(NEEDS + "; --ignore-memory-estimate trains all the same.");
    MemoryCheck.REFUSE.check(ESTIMATE, ESTIMATE.memory(), warnings::add);
    assertThat(warnings).isEmpty();
  }

  @Test
  void warns() {
    List<String> warnings = new ArrayList<>();
    MemoryCheck.WARN.check(ESTIMATE, ESTIMATE.memory(), warnings::add);
    assertThat(warnings).isEmpty();
    MemoryCheck.WARN.check(ESTIMATE, 4_000_000_000L, warnings::add);
    assertThat(warnings).containsExactly(NEEDS + ".");
  }
}
