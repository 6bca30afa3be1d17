package org.regularizedvi.cells.keys;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Problems;

/**
 * Holds the keys that a model was set up with, and the categories that its parameters stand for. It
 * is fitted once to the training cells, stored with the model, and applied to every further table.
 *
 * @param keys the keys as the user gave them
 * @param mappings the categories of each key that has any, by key
 */
public record Schema(CovariateKeys keys, Map<String, CategoryMapping> mappings) {
  /** Keeps copies, which nobody can change. */
  public Schema {
    mappings = Map.copyOf(mappings);
  }

  /**
   * Reads the categories of every key off a table.
   *
   * @param keys the keys
   * @param table the table of cells
   * @return keys and categories
   * @throws InputException with everything that is wrong with the keys' columns
   */
  public static Schema fit(CovariateKeys keys, CellTable table) {
    Map<String, CategoryMapping> mappings = new LinkedHashMap<>();
    Problems problems = new Problems();
    keys.resolve().values().stream()
        .flatMap(List::stream)
        .distinct()
        .forEach(
            key ->
                problems
                    .in(
                        () ->
                            CategoryMapping.fit(
                                key, column(keys, key, table), table.source(), table.obsNames()))
                    .ifPresent(mapping -> mappings.put(key, mapping)));
    for (String key : keys.nnContinuousCovariateKeys()) {
      problems.in(() -> numbers(table, key));
    }
    keys.sizeFactorKey().ifPresent(key -> problems.in(() -> logPositive(table, key)));
    problems.requireNone();
    return new Schema(keys, mappings);
  }

  /**
   * {@return the same with the categories that a table has in addition, behind the known ones of
   * their key}
   *
   * @param table the table of cells
   * @throws InputException with everything that is wrong with the keys' columns
   */
  public Schema extended(CellTable table) {
    Map<String, CategoryMapping> extended = new LinkedHashMap<>();
    Problems problems = new Problems();
    mappings.forEach(
        (key, known) ->
            problems
                .in(
                    () ->
                        known.extended(column(keys, key, table), table.source(), table.obsNames()))
                .ifPresent(mapping -> extended.put(key, mapping)));
    problems.requireNone();
    return new Schema(keys, extended);
  }

  /**
   * {@return the categories of each key of a purpose, in the order of the keys}
   *
   * @param purpose the purpose
   */
  public List<CategoryMapping> of(Purpose purpose) {
    return keys.resolve().get(purpose).stream().map(mappings::get).toList();
  }

  /**
   * {@return the number of categories of each key of a purpose}
   *
   * @param purpose the purpose
   */
  public int[] sizes(Purpose purpose) {
    return of(purpose).stream().mapToInt(CategoryMapping::size).toArray();
  }

  /**
   * {@return the categories of all keys of a purpose side by side, as "key=category" when there are
   * several keys}
   *
   * @param purpose the purpose
   */
  public List<String> names(Purpose purpose) {
    List<CategoryMapping> all = of(purpose);
    List<String> names = new ArrayList<>();
    for (CategoryMapping mapping : all) {
      for (String category : mapping.categories()) {
        names.add(all.size() == 1 ? category : mapping.key() + "=" + category);
      }
    }
    return names;
  }

  /** {@return the names of the columns that {@link #encode} reads, each once} */
  public List<String> columns() {
    Stream<String> categorical =
        keys.oneGroup()
            ? mappings.keySet().stream().filter(key -> !key.equals(CategoryMapping.ONE_GROUP))
            : mappings.keySet().stream();
    return Stream.of(
            categorical, keys.nnContinuousCovariateKeys().stream(), keys.sizeFactorKey().stream())
        .flatMap(own -> own)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * {@return the codes and numbers that the model needs about a table's cells}
   *
   * @param table the table of cells
   * @throws InputException with everything that is wrong with the keys' columns
   */
  public Covariates encode(CellTable table) {
    Map<String, int[]> codes = new LinkedHashMap<>();
    mappings.forEach(
        (key, mapping) ->
            codes.put(
                key, mapping.encode(column(keys, key, table), table.source(), table.obsNames())));
    Map<Purpose, int[][]> byPurpose = new EnumMap<>(Purpose.class);
    keys.resolve()
        .forEach(
            (p, names) -> byPurpose.put(p, names.stream().map(codes::get).toArray(int[][]::new)));
    float[][] continuous =
        keys.nnContinuousCovariateKeys().stream()
            .map(key -> numbers(table, key))
            .toArray(float[][]::new);
    float[] logSizeFactor =
        keys.sizeFactorKey().map(key -> logPositive(table, key)).orElse(new float[0]);
    return new Covariates(table.nObs(), byPurpose, continuous, logSizeFactor);
  }

  /** Without a key that says how cells are grouped, all are of the one category "all". */
  private static Column column(CovariateKeys keys, String key, CellTable table) {
    return keys.oneGroup() && key.equals(CategoryMapping.ONE_GROUP)
        ? new Column.Categorical(new int[table.nObs()], List.of("all"), false)
        : table.obs(key);
  }

  private static float[] numbers(CellTable table, String key) {
    double[] values =
        switch (table.obs(key)) {
          case Column.Numbers n -> n.values();
          case Column.Flags f -> {
            double[] v = new double[f.size()];
            for (int i = 0; i < v.length; i++) {
              v[i] = f.missing()[i] ? Double.NaN : f.values()[i] ? 1 : 0;
            }
            yield v;
          }
          case Column.Text _, Column.Categorical _ ->
              throw new InputException(
                  "%s: obs['%s'] is used as a number, but holds text; give it among the categorical keys instead."
                      .formatted(table.source(), key));
        };
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
      if (!Float.isFinite(floats[i])) {
        throw new InputException(
            "%s: obs['%s'] must be a finite number for every cell, but cell '%s' has %s."
                .formatted(table.source(), key, table.obsNames().get(i), values[i]));
      }
    }
    return floats;
  }

  private static float[] logPositive(CellTable table, String key) {
    float[] values = numbers(table, key);
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0)) {
        throw new InputException(
            "%s: the size factor obs['%s'] must be positive, but cell '%s' has %s."
                .formatted(table.source(), key, table.obsNames().get(i), values[i]));
      }
      values[i] = (float) Math.log(values[i]);
    }
    return values;
  }
}
