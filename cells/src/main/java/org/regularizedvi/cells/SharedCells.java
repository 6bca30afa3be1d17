package org.regularizedvi.cells;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Holds the cells of several modalities, matched by name.
 *
 * @param names the names of the cells taken, each once
 * @param rowsOf for each modality the row of each of these cells, -1 for one that it lacks
 * @param inAny the number of cells that are in at least one modality
 * @param inAll the number of cells that are in every modality
 */
public record SharedCells(
    List<String> names, SequencedMap<String, int[]> rowsOf, int inAny, int inAll) {
  /**
   * Keeps copies, which nobody can change.
   *
   * @throws IllegalArgumentException when a modality has not a row for each cell
   */
  public SharedCells {
    names = List.copyOf(names);
    rowsOf = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rowsOf));
    for (int[] rows : rowsOf.values()) {
      if (rows.length != names.size()) {
        throw new IllegalArgumentException(
            "%d rows for %d cells".formatted(rows.length, names.size()));
      }
    }
  }

  /**
   * Matches cells.
   *
   * @param namesOf the names of each modality's cells
   * @param order an order that they follow if all of them are in it; else they come as they first
   *     appear
   * @param join whether cells of any modality are taken, or those of all
   * @param source names the file for messages
   * @return the cells taken, with where each modality has them
   * @throws InputException when a modality has a name twice, or no cell is in every modality and
   *     such are wanted
   */
  public static SharedCells match(
      SequencedMap<String, List<String>> namesOf,
      List<String> order,
      CellJoin join,
      String source) {
    SequencedMap<String, Map<String, Integer>> rowOf = new LinkedHashMap<>();
    namesOf.forEach(
        (modality, names) ->
            rowOf.put(modality, rows(names, "'mod/%s/obs' in %s".formatted(modality, source))));
    SequencedSet<String> any = new LinkedHashSet<>();
    namesOf.values().forEach(any::addAll);
    SequencedSet<String> all = new LinkedHashSet<>(any);
    rowOf.values().forEach(rows -> all.retainAll(rows.keySet()));
    if (join == CellJoin.INTERSECTION && all.isEmpty()) {
      throw new InputException(
          "%s has no cell that is in every one of the modalities %s, and only such cells are wanted (intersection); the first of each are named %s."
              .formatted(
                  source,
                  String.join(", ", namesOf.keySet()),
                  namesOf.values().stream()
                      .map(names -> names.isEmpty() ? "nothing" : "'" + names.getFirst() + "'")
                      .collect(Collectors.joining(", "))));
    }
    List<String> names = ordered(join == CellJoin.UNION ? any : all, order);
    SequencedMap<String, int[]> rowsOf = new LinkedHashMap<>();
    rowOf.forEach((modality, rows) -> rowsOf.put(modality, places(names, rows)));
    return new SharedCells(names, rowsOf, any.size(), all.size());
  }

  private static List<String> ordered(SequencedSet<String> cells, List<String> order) {
    SequencedSet<String> following = new LinkedHashSet<>(order);
    following.retainAll(cells);
    return List.copyOf(following.size() == cells.size() ? following : cells);
  }

  /**
   * {@return the row of each name}
   *
   * @param where names the table for messages
   * @throws InputException when there is a name twice
   */
  private static Map<String, Integer> rows(List<String> names, String where) {
    Map<String, Integer> rows = HashMap.newHashMap(names.size());
    for (int row = 0; row < names.size(); row++) {
      Integer before = rows.putIfAbsent(names.get(row), row);
      if (before != null) {
        throw new InputException(
            "The cell name '%s' is used twice in %s, for cells %d and %d (counted from 0); cells are matched by name: make them unique with obs_names_make_unique()."
                .formatted(names.get(row), where, before, row));
      }
    }
    return rows;
  }

  private static int[] places(List<String> names, Map<String, Integer> rows) {
    return names.stream().mapToInt(name -> rows.getOrDefault(name, -1)).toArray();
  }

  /**
   * {@return the row of each of these cells in a further table, -1 for one that it lacks}
   *
   * @param table the names of its rows
   * @param where names it for messages
   * @throws InputException when it has a name twice
   */
  public int[] rowsIn(List<String> table, String where) {
    return places(names, rows(table, where));
  }

  /** {@return the number of cells taken} */
  public int size() {
    return names.size();
  }

  /**
   * {@return the number of these cells that a modality has}
   *
   * @param modality the name of the modality
   */
  public int in(String modality) {
    return (int) Arrays.stream(rowsOf.get(modality)).filter(row -> row >= 0).count();
  }

  /** {@return the number of cells taken in words, and how many of them each modality has} */
  public String words() {
    return "%s (%,d in any modality, %,d in all): %s"
        .formatted(
            Amount.of(size(), "cell"),
            inAny,
            inAll,
            rowsOf.keySet().stream()
                .map(modality -> "%s %,d".formatted(modality, in(modality)))
                .collect(Collectors.joining(", ")));
  }
}
