package org.regularizedvi.core.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.regularizedvi.cells.keys.CellGroups;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Names a group of cells that is compared with another group, or with the rest.
 *
 * @param groups the groups of all cells
 * @param first the place of the first group among the groups
 * @param second the place of the second group; empty for the rest, all cells that are not of the
 *     first group, including those of no group
 */
public record Contrast(CellGroups groups, int first, OptionalInt second) {
  private static final String REST = "rest";

  /**
   * Finds the groups that were chosen.
   *
   * @param groups the groups of all cells
   * @param choice names the groups
   * @param source where the cells come from, for messages
   * @return one contrast for each first group
   * @throws InputException when there is no such group (the message lists those there are), or only
   *     one group
   */
  public static List<Contrast> of(CellGroups groups, GroupChoice choice, String source) {
    if (groups.names().size() < 2) {
      throw new InputException(
          "%s: obs['%s'] has %s; expected at least two groups to compare."
              .formatted(
                  source,
                  groups.column(),
                  groups.names().isEmpty()
                      ? "no group"
                      : "the single group '%s'".formatted(groups.names().getFirst())));
    }
    Optional<String> named =
        choice.group2().filter(name -> !name.equals(REST) || groups.names().contains(REST));
    OptionalInt second =
        named.map(name -> OptionalInt.of(place(groups, name, source))).orElse(OptionalInt.empty());
    List<Contrast> contrasts = new ArrayList<>();
    for (String name : choice.group1().orElse(groups.names())) {
      int first = place(groups, name, source);
      if (second.isEmpty() || second.getAsInt() != first) {
        contrasts.add(new Contrast(groups, first, second));
      }
    }
    return contrasts;
  }

  private static int place(CellGroups groups, String name, String source) {
    int place = groups.names().indexOf(name);
    if (place < 0) {
      throw new InputException(
          "%s: obs['%s'] has no group '%s'; %s."
              .formatted(source, groups.column(), name, Nearest.words(name, groups.names())));
    }
    return place;
  }

  /** {@return the name of the first group} */
  public String name1() {
    return groups.names().get(first);
  }

  /** {@return the name of the second group} */
  public String name2() {
    return second.isPresent() ? groups.names().get(second.getAsInt()) : ComparedGroups.REST;
  }

  /**
   * {@return whether the cells of a group are on the first side}
   *
   * @param group the place of the group, -1 for cells of no group
   */
  public boolean isFirst(int group) {
    return group == first;
  }

  /**
   * {@return whether the cells of a group are on the second side}
   *
   * @param group the place of the group, -1 for cells of no group
   */
  public boolean isSecond(int group) {
    return second.isPresent() ? group == second.getAsInt() : group != first;
  }
}
