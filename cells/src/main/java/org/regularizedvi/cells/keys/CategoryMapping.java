package org.regularizedvi.cells.keys;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Holds the categories of one key, in the order that gives each its code.
 *
 * <p>A categorical column keeps its own order, without categories that have no cells. The distinct
 * values of any other column are sorted as pandas does: numbers by value and text by code point.
 *
 * @param key the name of the column
 * @param categories the categories
 */
public record CategoryMapping(String key, List<String> categories) {
  /** The key, which is no column, whose only category has all cells. */
  public static final String ONE_GROUP = "";

  /** Keeps copies, which nobody can change. */
  public CategoryMapping {
    categories = List.copyOf(categories);
  }

  /** {@return the number of categories} */
  public int size() {
    return categories.size();
  }

  /**
   * Reads the categories off a column.
   *
   * @param key the name of the column
   * @param column its entries, of which none may be missing
   * @param source where the column was read, for messages
   * @param cells the names of the cells, for messages
   * @return the categories
   * @throws InputException naming the first cell without a value
   */
  public static CategoryMapping fit(String key, Column column, String source, List<String> cells) {
    return new CategoryMapping(key, Labels.of(key, column, source, cells).categories());
  }

  /**
   * Returns these categories with those that a column has in addition behind them, in the order in
   * which they would be read off the column.
   *
   * @param column the entries of further cells
   * @param source where the column was read, for messages
   * @param cells the names of these cells
   * @return the larger mapping
   */
  public CategoryMapping extended(Column column, String source, List<String> cells) {
    Set<String> all = new LinkedHashSet<>(categories);
    all.addAll(Labels.of(key, column, source, cells).categories());
    return new CategoryMapping(key, List.copyOf(all));
  }

  /**
   * {@return the code of each cell}
   *
   * @param column an entry for each cell
   * @param source where the column was read, for messages
   * @param cells the names of the cells
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
          "%s: obs['%s'] has %s that the model has not seen: %s; it knows %s; embed --extend gives new ones parameters of their own."
              .formatted(
                  source,
                  key,
                  Amount.of(unknown.size(), "category", "categories"),
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
