package org.regularizedvi.formats.tenx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of which each is there once: those that repeat an earlier one get "-1", "-2" and so on, as
 * anndata's {@code var_names_make_unique} does it.
 *
 * @param changed how many names were changed
 */
record UniqueNames(List<String> names, int changed) {
  static UniqueNames of(List<String> names) {
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
