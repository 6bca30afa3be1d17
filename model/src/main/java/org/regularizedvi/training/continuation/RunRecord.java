package org.regularizedvi.training.continuation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.regularizedvi.training.TrainingState;

/**
 * Holds the contents of {@code training.json}: where a training was and what it depends on.
 *
 * @param format version of this layout
 * @param trained whether nothing was left of it but to write its outputs
 * @param optimiserSteps steps that the optimiser counts
 * @param facts by name
 */
record RunRecord(
    int format,
    boolean trained,
    long optimiserSteps,
    TrainingState state,
    Map<String, String> facts) {
  static final int FORMAT = 1;

  /** The engine of checkpoints from before there were several. */
  private static final String FIRST_ENGINE = "cpu";

  RunRecord {
    facts = new LinkedHashMap<>(facts);
    facts.putIfAbsent(RunFacts.ENGINE, FIRST_ENGINE);
  }
}
