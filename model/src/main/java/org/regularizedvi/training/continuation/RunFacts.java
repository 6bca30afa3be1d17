package org.regularizedvi.training.continuation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Holds all that a training's bits depend on, by name: options, seed, version, digests of the data.
 * Two runs with the same facts are the same training.
 *
 * @param byName values as text, in the order in which they are compared
 */
public record RunFacts(SequencedMap<String, String> byName) {
  private static final int DIGEST = 64;

  /** Keeps a copy. */
  public RunFacts {
    byName = new LinkedHashMap<>(byName);
  }

  /**
   * {@return one clause for each fact that is another one in a checkpoint: "seed is 0 there and 1
   * here"}
   */
  List<String> differences(Map<String, String> there) {
    Set<String> names = new LinkedHashSet<>(byName.keySet());
    names.addAll(there.keySet());
    List<String> clauses = new ArrayList<>();
    for (String name : names) {
      if (!there.getOrDefault(name, "").equals(byName.getOrDefault(name, ""))) {
        clauses.add(
            "%s is %s there and %s here".formatted(name, text(there, name), text(byName, name)));
      }
    }
    return clauses;
  }

  private static String text(Map<String, String> facts, String name) {
    String value = facts.getOrDefault(name, "");
    if (value.isEmpty()) {
      return "not given";
    }
    return value.matches("[0-9a-f]{" + DIGEST + "}") ? value.substring(0, 12) + "..." : value;
  }
}
