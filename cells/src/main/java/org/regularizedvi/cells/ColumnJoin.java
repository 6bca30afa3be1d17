package org.regularizedvi.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.regularizedvi.input.InputException;

/**
 * Makes one column of cells out of those that several modalities have under one name. Where several
 * have a value for a cell they must agree; one that lacks a value has no say. Categories come in
 * the order of the first modality, followed by those that only later ones have.
 */
public final class ColumnJoin {
  private final String key;
  private final String source;
  private final IntFunction<String> cell;

  /**
   * Prepares to join columns.
   *
   * @param key the name of the columns
   * @param source names the file for messages
   * @param cell gives the name of a row
   */
  public ColumnJoin(String key, String source, IntFunction<String> cell) {
    this.key = key;
    this.source = source;
    this.cell = cell;
  }

  /**
   * Joins columns whose rows are the same cells.
   *
   * @param columns the columns by modality, at least one
   * @return one column
   * @throws InputException when two are not of one kind, or differ in a cell
   */
  public Column join(SequencedMap<String, Column> columns) {
    List<String> modalities = List.copyOf(columns.keySet());
    List<Column> alike = alike(modalities, List.copyOf(columns.values()));
    if (alike.size() == 1) {
      return alike.getFirst();
    }
    // Each cell takes the value of the first that has one.
    int cells = alike.getFirst().size();
    int[] from = new int[cells];
    Arrays.fill(from, -1);
    for (int m = 0; m < alike.size(); m++) {
      IntPredicate missing = missing(alike.get(m));
      for (int i = 0; i < cells; i++) {
        if (missing.test(i)) {
          continue;
        }
        if (from[i] < 0) {
          from[i] = m;
        } else if (!agree(alike.get(m), alike.get(from[i]), i)) {
          throw new InputException(
              "%s: obs['%s'] of cell '%s' is %s in modality '%s' and %s in '%s'; make them agree, or name one of them: '%s:%s'."
                  .formatted(
                      source,
                      key,
                      cell.apply(i),
                      shown(alike.get(from[i]), i),
                      modalities.get(from[i]),
                      shown(alike.get(m), i),
                      modalities.get(m),
                      modalities.get(m),
                      key));
        }
      }
    }
    return taken(alike, from);
  }

  /** Brings all into the kind of the first: categories into common ones, or into text. */
  private List<Column> alike(List<String> modalities, List<Column> columns) {
    for (int m = 1; m < columns.size(); m++) {
      String first = kind(columns.getFirst());
      String other = kind(columns.get(m));
      if (!first.equals(other)) {
        throw new InputException(
            "%s: obs['%s'] holds %s in modality '%s' and %s in '%s'; store them alike, or name one of them: '%s:%s'."
                .formatted(
                    source,
                    key,
                    first,
                    modalities.getFirst(),
                    other,
                    modalities.get(m),
                    modalities.get(m),
                    key));
      }
    }
    if (columns.stream().allMatch(Column.Categorical.class::isInstance)) {
      return categoricals(columns.stream().map(Column.Categorical.class::cast).toList());
    }
    return columns.stream().map(ColumnJoin::asText).toList();
  }

  private static List<Column> categoricals(List<Column.Categorical> columns) {
    SequencedSet<String> union = new LinkedHashSet<>();
    columns.forEach(column -> union.addAll(column.categories()));
    List<String> categories = List.copyOf(union);
    boolean ordered =
        columns.stream().allMatch(c -> c.ordered() && c.categories().equals(categories));
    Map<String, Integer> codeOf = new HashMap<>();
    categories.forEach(category -> codeOf.put(category, codeOf.size()));
    List<Column> alike = new ArrayList<>();
    for (Column.Categorical column : columns) {
      int[] translation = column.categories().stream().mapToInt(codeOf::get).toArray();
      alike.add(
          new Column.Categorical(
              Arrays.stream(column.codes()).map(c -> c < 0 ? -1 : translation[c]).toArray(),
              categories,
              ordered));
    }
    return alike;
  }

  private static Column asText(Column column) {
    return column instanceof Column.Categorical(int[] codes, List<String> categories, _)
        ? new Column.Text(
            Arrays.stream(codes)
                .mapToObj(code -> code < 0 ? null : categories.get(code))
                .toArray(String[]::new))
        : column;
  }

  private static String kind(Column column) {
    return switch (column) {
      case Column.Categorical _, Column.Text _ -> "text";
      case Column.Numbers _ -> "numbers";
      case Column.Flags _ -> "truth values";
    };
  }

  private static IntPredicate missing(Column column) {
    return switch (column) {
      case Column.Categorical(int[] codes, _, _) -> i -> codes[i] < 0;
      case Column.Text(String[] values) -> i -> values[i] == null;
      case Column.Numbers(double[] values, _) -> i -> Double.isNaN(values[i]);
      case Column.Flags(_, boolean[] missing) -> i -> missing[i];
    };
  }

  private static String shown(Column column, int i) {
    return switch (column) {
      case Column.Categorical(int[] codes, List<String> categories, _) ->
          "'" + categories.get(codes[i]) + "'";
      case Column.Text(String[] values) -> "'" + values[i] + "'";
      case Column.Numbers(double[] values, _) -> Double.toString(values[i]);
      case Column.Flags(boolean[] values, _) -> PandasText.of(values[i]);
    };
  }

  private static boolean agree(Column a, Column b, int i) {
    return a instanceof Column.Numbers(double[] x, _) && b instanceof Column.Numbers(double[] y, _)
        ? x[i] == y[i]
        : shown(a, i).equals(shown(b, i));
  }

  /** Takes each cell's entry from the column given, -1 for none. */
  private static Column taken(List<Column> columns, int[] from) {
    return switch (columns.getFirst()) {
      case Column.Categorical(_, List<String> categories, boolean ordered) -> {
        int[] codes = new int[from.length];
        Arrays.setAll(
            codes, i -> from[i] < 0 ? -1 : ((Column.Categorical) columns.get(from[i])).codes()[i]);
        yield new Column.Categorical(codes, categories, ordered);
      }
      case Column.Text _ -> {
        String[] values = new String[from.length];
        Arrays.setAll(
            values, i -> from[i] < 0 ? null : ((Column.Text) columns.get(from[i])).values()[i]);
        yield new Column.Text(values);
      }
      case Column.Numbers _ -> {
        double[] values = new double[from.length];
        Arrays.setAll(
            values,
            i -> from[i] < 0 ? Double.NaN : ((Column.Numbers) columns.get(from[i])).values()[i]);
        yield new Column.Numbers(
            values, columns.stream().allMatch(column -> ((Column.Numbers) column).whole()));
      }
      case Column.Flags _ -> {
        boolean[] values = new boolean[from.length];
        boolean[] missing = new boolean[from.length];
        for (int i = 0; i < from.length; i++) {
          missing[i] = from[i] < 0;
          values[i] = !missing[i] && ((Column.Flags) columns.get(from[i])).values()[i];
        }
        yield new Column.Flags(values, missing);
      }
    };
  }
}
