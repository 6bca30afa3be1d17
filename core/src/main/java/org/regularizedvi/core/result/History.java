package org.regularizedvi.core.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Holds the course of training: one value per epoch for each metric, by the names that scvi-tools
 * uses. Epochs can be appended and never change.
 */
public final class History {
  private final SequencedMap<String, List<Double>> values = new LinkedHashMap<>();

  /**
   * {@return a history that was stored}
   *
   * @param stored the values of each metric, one per epoch
   */
  public static History of(Map<String, double[]> stored) {
    History history = new History();
    stored.forEach(
        (name, column) ->
            history.values.put(name, new ArrayList<>(Arrays.stream(column).boxed().toList())));
    return history;
  }

  /**
   * Appends the values of one epoch; every epoch has the same metrics.
   *
   * @param epoch a value for each metric
   */
  public void append(Map<String, Double> epoch) {
    if (!values.isEmpty() && !values.keySet().equals(epoch.keySet())) {
      throw new IllegalArgumentException(
          "Epoch has metrics %s, earlier ones %s".formatted(epoch.keySet(), values.keySet()));
    }
    epoch.forEach((name, value) -> values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
  }

  /** {@return the names of the metrics} */
  public List<String> metrics() {
    return List.copyOf(values.keySet());
  }

  /** {@return the number of epochs} */
  public int epochs() {
    return values.isEmpty() ? 0 : values.firstEntry().getValue().size();
  }

  /**
   * {@return whether there is such a metric}
   *
   * @param metric its name
   */
  public boolean has(String metric) {
    return values.containsKey(metric);
  }

  /**
   * {@return the values of a metric, one per epoch}
   *
   * @param metric its name
   */
  public double[] of(String metric) {
    return require(metric).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * {@return the value of a metric after the last epoch}
   *
   * @param metric its name
   */
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
