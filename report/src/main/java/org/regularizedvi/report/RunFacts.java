package org.regularizedvi.report;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What was run.
 *
 * @param title names the run, usually the input's name
 * @param command repeats it; may be many lines
 * @param facts in the order they are shown: data, sizes, seed, versions, machine, time
 * @param options of model and training, by the names that the command line and files use
 */
public record RunFacts(
    String title,
    String command,
    SequencedMap<String, String> facts,
    SequencedMap<String, String> options) {
  public RunFacts {
    facts = new LinkedHashMap<>(facts);
    options = new LinkedHashMap<>(options);
  }
}
