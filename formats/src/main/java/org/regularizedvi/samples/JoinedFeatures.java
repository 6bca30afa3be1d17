package org.regularizedvi.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Gives the features of one modality of several files, matched by name, in the order of the first
 * file that has them. Their table has the columns that all files have and that say the same of a
 * feature wherever they say anything.
 *
 * @param source what to call them in messages
 * @param varNames the names of those taken
 * @param tables the features of each file
 * @param placeOf for each file the place of each of its features among those taken, -1 for one that
 *     is left out
 */
record JoinedFeatures(
    String source, List<String> varNames, List<FeatureTable> tables, List<int[]> placeOf)
    implements FeatureTable {
  /**
   * Matches features.
   *
   * @param source what to call them in messages
   * @param tables the features of each file
   * @throws InputException when a file has two of one name, or no feature is in every file and such
   *     are wanted
   */
  static JoinedFeatures of(String source, List<FeatureTable> tables, FeatureJoin join) {
    tables.forEach(FeatureTable::requireUniqueVarNames);
    SequencedSet<String> taken = new LinkedHashSet<>(tables.getFirst().varNames());
    for (FeatureTable table : tables.subList(1, tables.size())) {
      switch (join) {
        case UNION -> taken.addAll(table.varNames());
        case INTERSECTION -> taken.retainAll(new LinkedHashSet<>(table.varNames()));
      }
      if (taken.isEmpty()) {
        throw new InputException(
            "%s has no feature that the files before it have too; the first of them is named '%s', and its own '%s'."
                .formatted(table.source(), first(tables.getFirst()), first(table)));
      }
    }
    Map<String, Integer> placeOf = HashMap.newHashMap(taken.size());
    taken.forEach(name -> placeOf.put(name, placeOf.size()));
    return new JoinedFeatures(
        source,
        List.copyOf(taken),
        List.copyOf(tables),
        tables.stream()
            .map(
                table ->
                    table.varNames().stream()
                        .mapToInt(name -> placeOf.getOrDefault(name, -1))
                        .toArray())
            .toList());
  }

  private static String first(FeatureTable table) {
    return table.varNames().isEmpty() ? "" : table.varNames().getFirst();
  }

  /** Returns for each feature taken its place in a file, -1 where the file lacks it. */
  int[] placesIn(int file) {
    int[] places = new int[varNames.size()];
    Arrays.fill(places, -1);
    int[] taken = placeOf.get(file);
    for (int feature = 0; feature < taken.length; feature++) {
      if (taken[feature] >= 0) {
        places[taken[feature]] = feature;
      }
    }
    return places;
  }

  /** Tells whether a file has exactly these features in this order. */
  boolean alike(int file) {
    int[] taken = placeOf.get(file);
    return taken.length == varNames.size()
        && IntStream.range(0, taken.length).allMatch(feature -> taken[feature] == feature);
  }

  /** Returns how many features of a file are left out. */
  int leftOut(int file) {
    return (int) Arrays.stream(placeOf.get(file)).filter(place -> place < 0).count();
  }

  /** Returns how many of the features a file lacks. */
  int lacking(int file) {
    return varNames.size() - placeOf.get(file).length + leftOut(file);
  }

  @Override
  public List<String> varColumns() {
    return tables.getFirst().varColumns().stream().filter(this::agreed).toList();
  }

  /** Tells whether every file has a column, and all say the same. */
  private boolean agreed(String key) {
    return inAll(key) && differing(key) == 0;
  }

  /** Tells whether every file has a column. */
  boolean inAll(String key) {
    return tables.stream().allMatch(table -> table.varColumns().contains(key));
  }

  /** Returns of how many features a column does not say the same in every file. */
  int differing(String key) {
    String[] said = new String[varNames.size()];
    boolean[] differs = new boolean[said.length];
    for (int file = 0; file < tables.size(); file++) {
      String[] texts = ColumnStack.texts(tables.get(file).var(key));
      int[] taken = placeOf.get(file);
      for (int feature = 0; feature < taken.length; feature++) {
        int place = taken[feature];
        if (place >= 0 && texts[feature] != null) {
          differs[place] |= said[place] != null && !said[place].equals(texts[feature]);
          said[place] = texts[feature];
        }
      }
    }
    return (int) IntStream.range(0, differs.length).filter(place -> differs[place]).count();
  }

  @Override
  public Column var(String key) {
    if (!agreed(key)) { // not varColumns(), which reads every column of every file
      throw new InputException(
          "%s has no column '%s' in var that all files have and that says the same in all; %s."
              .formatted(source, key, Nearest.words(key, varColumns())));
    }
    List<Column> columns = new ArrayList<>();
    int[] rowOf = new int[varNames.size()];
    Arrays.fill(rowOf, -1);
    int below = 0;
    for (int file = 0; file < tables.size(); file++) {
      columns.add(tables.get(file).var(key));
      int[] taken = placeOf.get(file);
      for (int feature = 0; feature < taken.length; feature++) {
        if (taken[feature] >= 0 && rowOf[taken[feature]] < 0) {
          rowOf[taken[feature]] = below + feature;
        }
      }
      below += taken.length;
    }
    return Aligned.column(ColumnStack.of(columns), rowOf);
  }

  /** Does nothing: each file's names were checked before they were matched. */
  @Override
  public void requireUniqueVarNames() {}
}
