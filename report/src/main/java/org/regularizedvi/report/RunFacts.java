package org.regularizedvi.report;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Says what was run.
 *
 * @param title names the run; usually the name of the input
 * @param command repeats the run; it may have many lines
 * @param facts data, sizes, seed, versions, machine and time, in the order in which they are shown
 * @param options the options of model and training, by the names that the command line and files
 *     use
 */
public record RunFacts(
    String title,
    String command,
    SequencedMap<String, String> facts,
    SequencedMap<String, String> options) {
  /** Keeps copies, which nobody can change. */
  public RunFacts {
    facts = new LinkedHashMap<>(facts);
    options = new LinkedHashMap<>(options);
  }
}
