package org.regularizedvi.core.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The course of training: one value an epoch for each metric, by the names that scvi-tools uses.
 * Append-only.
 */
public final class History {
  private final SequencedMap<String, List<Double>> values = new LinkedHashMap<>();

  /** A history that was stored: each metric's values, one an epoch. */
  public static History of(Map<String, double[]> stored) {
    History history = new History();
    stored.forEach(
        (name, column) ->
            history.values.put(name, new ArrayList<>(Arrays.stream(column).boxed().toList())));
    return history;
  }

  /** Appends one epoch's values; every epoch has the same metrics. */
  public void append(Map<String, Double> epoch) {
    if (!values.isEmpty() && !values.keySet().equals(epoch.keySet())) {
      throw new IllegalArgumentException(
          "Epoch has metrics %s, earlier ones %s".formatted(epoch.keySet(), values.keySet()));
    }
    epoch.forEach((name, value) -> values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
  }

  public List<String> metrics() {
    return List.copyOf(values.keySet());
  }

  public int epochs() {
    return values.isEmpty() ? 0 : values.firstEntry().getValue().size();
  }

  public boolean has(String metric) {
    return values.containsKey(metric);
  }

  /** Returns a metric's value after each epoch. */
  public double[] of(String metric) {
    return require(metric).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns a metric's value after the last epoch. */
  public double last(String metric) {
    return require(metric).getLast();
  }

  private List<Double> require(String metric) {
    List<Double> column = values.get(metric);
    if (column == null) {
      throw new IllegalArgumentException(
          "No metric '%s' among %s".formatted(metric, values.keySet()));
    }
    return column;
  }
}
