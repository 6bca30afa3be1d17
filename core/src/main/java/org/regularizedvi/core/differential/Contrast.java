package org.regularizedvi.core.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.regularizedvi.cells.keys.CellGroups;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * A group of cells against another, or against the rest.
 *
 * @param first the group's place among the groups
 * @param second empty for all cells that are not of the first group, those of none among them
 */
public record Contrast(CellGroups groups, int first, OptionalInt second) {
  private static final String REST = "rest";

  /**
   * Finds the groups that were chosen.
   *
   * @param source of the cells, for messages
   * @throws InputException when there is no such group, with those there are, or only one
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

  public String name1() {
    return groups.names().get(first);
  }

  public String name2() {
    return second.isPresent() ? groups.names().get(second.getAsInt()) : ComparedGroups.REST;
  }

  /** Whether cells of a group, -1 for none, are on the first side. */
  public boolean isFirst(int group) {
    return group == first;
  }

  /** Whether they are on the second side. */
  public boolean isSecond(int group) {
    return second.isPresent() ? group == second.getAsInt() : group != first;
  }
}
