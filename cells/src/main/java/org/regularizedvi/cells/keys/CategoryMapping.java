package org.regularizedvi.cells.keys;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.InputException;

/**
 * The categories of one key, in the order that gives each its code.
 *
 * <p>A categorical column keeps its own order (categories without cells are left out); any other
 * column has its distinct values sorted, numbers by value and text by code point, as pandas does.
 */
public record CategoryMapping(String key, List<String> categories) {
  public CategoryMapping {
    categories = List.copyOf(categories);
  }

  public int size() {
    return categories.size();
  }

  /** Reads the categories off a column in which no cell may lack a value. */
  public static CategoryMapping fit(String key, Column column, String source, List<String> cells) {
    return new CategoryMapping(key, Labels.of(key, column, source, cells).categories());
  }

  /**
   * Returns the same with those categories of a column behind its own that are not among them, in
   * the order in which they would be read off it.
   */
  public CategoryMapping extended(Column column, String source, List<String> cells) {
    Set<String> all = new LinkedHashSet<>(categories);
    all.addAll(Labels.of(key, column, source, cells).categories());
    return new CategoryMapping(key, List.copyOf(all));
  }

  /**
   * Returns each cell's code.
   *
   * @throws InputException naming the values that are not among the categories, or the first cell
   *     without a value
   */
  public int[] encode(Column column, String source, List<String> cells) {
    Labels labels = Labels.of(key, column, source, cells);
    Map<String, Integer> codeOf = new HashMap<>();
    for (int c = 0; c < categories.size(); c++) {
      codeOf.put(categories.get(c), c);
    }
    Set<String> unknown = new LinkedHashSet<>(labels.categories());
    unknown.removeAll(codeOf.keySet());
    if (!unknown.isEmpty()) {
      throw new InputException(
          "%s: obs['%s'] has %d %s that the model has not seen: %s; it knows %s; embed --extend gives new ones parameters of their own."
              .formatted(
                  source,
                  key,
                  unknown.size(),
                  unknown.size() == 1 ? "category" : "categories",
                  sample(unknown),
                  sample(categories)));
    }
    int[] translation = labels.categories().stream().mapToInt(codeOf::get).toArray();
    int[] codes = new int[labels.codes().length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = translation[labels.codes()[i]];
    }
    return codes;
  }

  private static String sample(Iterable<String> names) {
    List<String> all = new java.util.ArrayList<>();
    names.forEach(all::add);
    String shown = all.stream().limit(10).map(n -> "'" + n + "'").collect(Collectors.joining(", "));
    return all.size() > 10 ? shown + " and %d more".formatted(all.size() - 10) : shown;
  }
}
