package org.regularizedvi.core.differential;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * Says which groups of cells are compared.
 *
 * @param groupby the column of cells that names their groups
 * @param group1 the groups of which each is compared with the second group; empty for every group
 *     of the column
 * @param group2 the second group; empty for the rest, all cells but those of the first group
 */
public record GroupChoice(String groupby, Optional<List<String>> group1, Optional<String> group2) {
  /**
   * Checks the components.
   *
   * @throws InputException when a group is named twice, or compared with itself
   */
  public GroupChoice {
    group1 = group1.map(List::copyOf);
    for (String name : group1.orElse(List.of())) {
      if (group2.equals(Optional.of(name))) {
        throw new InputException(
            "group1 and group2 are both '%s'; expected two different groups of '%s'."
                .formatted(name, groupby));
      }
      if (group1.orElseThrow().indexOf(name) != group1.orElseThrow().lastIndexOf(name)) {
        throw new InputException("group1 names '%s' twice.".formatted(name));
      }
    }
  }
}
