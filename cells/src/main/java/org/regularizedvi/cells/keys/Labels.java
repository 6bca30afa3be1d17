package org.regularizedvi.cells.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.input.InputException;

/** Holds a column read as categories: each category has at least one cell. */
record Labels(int[] codes, List<String> categories) {
  /** Orders text as Python does, by code point rather than by UTF-16 unit. */
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  static Labels of(String key, Column column, String source, List<String> cells) {
    requireComplete(key, column.size(), missing(column), source, cells);
    return ofSome(column);
  }

  /** Reads a column in which cells may lack a value: their code is -1. */
  static Labels ofSome(Column column) {
    IntPredicate missing = missing(column);
    return switch (column) {
      case Column.Categorical c -> inStoredOrder(c);
      case Column.Text t -> sorted(missing, t.size(), i -> t.values()[i], BY_CODE_POINT, s -> s);
      case Column.Numbers n ->
          sorted(
              missing,
              n.size(),
              i -> n.values()[i],
              Comparator.<Double>naturalOrder(),
              v -> n.whole() ? PandasText.of(v.longValue(), true) : PandasText.of(v, false));
      case Column.Flags f ->
          sorted(
              missing,
              f.size(),
              i -> f.values()[i],
              Comparator.<Boolean>naturalOrder(),
              PandasText::of);
    };
  }

  private static IntPredicate missing(Column column) {
    return switch (column) {
      case Column.Categorical c -> i -> c.codes()[i] < 0;
      case Column.Text t -> i -> t.values()[i] == null;
      case Column.Numbers n -> i -> Double.isNaN(n.values()[i]);
      case Column.Flags f -> i -> f.missing()[i];
    };
  }

  private static void requireComplete(
      String key, int size, IntPredicate missing, String source, List<String> cells) {
    int count = 0;
    int first = -1;
    for (int i = 0; i < size; i++) {
      if (missing.test(i)) {
        first = count++ == 0 ? i : first;
      }
    }
    if (count > 0) {
      throw new InputException(
          "%s: obs['%s'] must have a value for every cell, but %d of %d have none, the first is cell '%s'."
              .formatted(source, key, count, size, cells.get(first)));
    }
  }

  private static Labels inStoredOrder(Column.Categorical column) {
    boolean[] used = new boolean[column.categories().size()];
    for (int code : column.codes()) {
      if (code >= 0) {
        used[code] = true;
      }
    }
    int[] translation = new int[used.length];
    List<String> categories = new ArrayList<>();
    for (int c = 0; c < used.length; c++) {
      translation[c] = categories.size();
      if (used[c]) {
        categories.add(column.categories().get(c));
      }
    }
    return new Labels(
        Arrays.stream(column.codes()).map(c -> c < 0 ? -1 : translation[c]).toArray(), categories);
  }

  private static <T> Labels sorted(
      IntPredicate missing,
      int size,
      IntFunction<T> value,
      Comparator<? super T> order,
      java.util.function.Function<T, String> name) {
    Map<T, Integer> codeOf = new HashMap<>();
    for (int i = 0; i < size; i++) {
      if (!missing.test(i)) {
        codeOf.put(value.apply(i), 0);
      }
    }
    List<T> distinct = new ArrayList<>(codeOf.keySet());
    distinct.sort(order);
    for (int c = 0; c < distinct.size(); c++) {
      codeOf.put(distinct.get(c), c);
    }
    int[] codes = new int[size];
    for (int i = 0; i < size; i++) {
      codes[i] = missing.test(i) ? -1 : codeOf.get(value.apply(i));
    }
    return new Labels(codes, distinct.stream().map(name).toList());
  }
}
