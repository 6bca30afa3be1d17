package org.regularizedvi.samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.PandasText;

/**
 * Puts columns one below another. Categories come in the order of the first column that has them;
 * columns of different kinds become texts, with numbers as pandas writes them.
 */
final class ColumnStack {
  private ColumnStack() {}

  /**
   * {@return one column}
   *
   * @param columns the columns from top to bottom, at least one
   */
  static Column of(List<Column> columns) {
    if (columns.stream().allMatch(Column.Numbers.class::isInstance)) {
      List<Column.Numbers> all = columns.stream().map(Column.Numbers.class::cast).toList();
      return new Column.Numbers(
          all.stream().flatMapToDouble(own -> Arrays.stream(own.values())).toArray(),
          all.stream().allMatch(Column.Numbers::whole));
    }
    if (columns.stream().allMatch(Column.Flags.class::isInstance)) {
      return flags(columns.stream().map(Column.Flags.class::cast).toList());
    }
    if (columns.stream().allMatch(Column.Categorical.class::isInstance)) {
      return categories(columns.stream().map(Column.Categorical.class::cast).toList());
    }
    return new Column.Text(
        columns.stream().flatMap(own -> Stream.of(texts(own))).toArray(String[]::new));
  }

  /**
   * {@return one column, without values where there is none}
   *
   * @param columns the columns from top to bottom, at least one of which is there
   * @param sizes how many entries each has, or would have
   */
  static Column of(List<Optional<Column>> columns, int[] sizes) {
    List<Integer> rowOf = new ArrayList<>();
    int below = 0;
    for (int p = 0; p < sizes.length; p++) {
      boolean there = columns.get(p).isPresent();
      for (int row = 0; row < sizes[p]; row++) {
        rowOf.add(there ? below + row : -1);
      }
      below += there ? sizes[p] : 0;
    }
    Column stacked = of(columns.stream().flatMap(Optional::stream).toList());
    return below == rowOf.size()
        ? stacked
        : Aligned.column(stacked, rowOf.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Column flags(List<Column.Flags> columns) {
    int size = columns.stream().mapToInt(Column::size).sum();
    boolean[] values = new boolean[size];
    boolean[] missing = new boolean[size];
    int at = 0;
    for (Column.Flags own : columns) {
      System.arraycopy(own.values(), 0, values, at, own.size());
      System.arraycopy(own.missing(), 0, missing, at, own.size());
      at += own.size();
    }
    return new Column.Flags(values, missing);
  }

  private static Column categories(List<Column.Categorical> columns) {
    SequencedSet<String> union = new LinkedHashSet<>();
    columns.forEach(own -> union.addAll(own.categories()));
    List<String> categories = List.copyOf(union);
    Map<String, Integer> codeOf = new HashMap<>();
    categories.forEach(category -> codeOf.put(category, codeOf.size()));
    int[] codes =
        columns.stream()
            .flatMapToInt(
                own ->
                    Arrays.stream(own.codes())
                        .map(code -> code < 0 ? -1 : codeOf.get(own.categories().get(code))))
            .toArray();
    boolean ordered =
        columns.stream().allMatch(own -> own.ordered() && own.categories().equals(categories));
    return new Column.Categorical(codes, categories, ordered);
  }

  /** Returns each entry as text, {@code null} where it is missing. */
  static String[] texts(Column column) {
    return switch (column) {
      case Column.Text(String[] values) -> values;
      case Column.Categorical(int[] codes, List<String> categories, _) ->
          Arrays.stream(codes)
              .mapToObj(code -> code < 0 ? null : categories.get(code))
              .toArray(String[]::new);
      case Column.Numbers(double[] values, boolean whole) ->
          Arrays.stream(values)
              .mapToObj(value -> Double.isNaN(value) ? null : text(value, whole))
              .toArray(String[]::new);
      case Column.Flags(boolean[] values, boolean[] missing) -> {
        String[] texts = new String[values.length];
        Arrays.setAll(texts, i -> missing[i] ? null : PandasText.of(values[i]));
        yield texts;
      }
    };
  }

  private static String text(double value, boolean whole) {
    return whole ? PandasText.of((long) value, true) : PandasText.of(value, false);
  }
}
