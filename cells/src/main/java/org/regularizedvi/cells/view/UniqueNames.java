package org.regularizedvi.cells.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of which each is there once: those that repeat an earlier one get "-1", "-2" and so on, as
 * anndata's {@code var_names_make_unique} does it.
 *
 * @param names the names, in the order that they had
 * @param changed the number of names that were changed
 */
public record UniqueNames(List<String> names, int changed) {
  /** Keeps copies, which nobody can change. */
  public UniqueNames {
    names = List.copyOf(names);
  }

  /**
   * {@return names of which each is there once}
   *
   * @param names the names, of which some may be there several times
   */
  public static UniqueNames of(List<String> names) {
    Set<String> taken = new HashSet<>(names);
    Set<String> seen = HashSet.newHashSet(names.size());
    Map<String, Integer> repeats = new HashMap<>();
    String[] unique = names.toArray(String[]::new);
    int changed = 0;
    for (int i = 0; i < unique.length; i++) {
      String name = unique[i];
      if (!seen.add(name)) {
        do {
          unique[i] = name + "-" + repeats.merge(name, 1, Integer::sum);
        } while (!taken.add(unique[i]));
        changed++;
      }
    }
    return new UniqueNames(List.of(unique), changed);
  }
}
