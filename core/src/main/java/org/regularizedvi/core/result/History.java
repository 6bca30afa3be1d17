package org.regularizedvi.core.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Holds the course of training: one value per epoch for each metric, by the names that scvi-tools
 * uses, and after which epoch the model had the parameters that were kept. Epochs can be appended
 * and never change.
 */
public final class History {
  private final SequencedMap<String, List<Double>> values = new LinkedHashMap<>();
  private OptionalInt kept = OptionalInt.empty();

  /**
   * {@return a history that was stored, of a training whose last parameters were kept}
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
    if (kept.isPresent()) {
      throw new IllegalStateException("Training is over: epoch " + kept.getAsInt() + " was kept");
    }
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
   * Ends the history: the model has the parameters of one of its epochs.
   *
   * @param epoch counted from 1
   * @throws IllegalArgumentException when there is no such epoch
   */
  public void keep(int epoch) {
    if (epoch < 1 || epoch > epochs()) {
      throw new IllegalArgumentException("epoch %d of %d".formatted(epoch, epochs()));
    }
    kept = OptionalInt.of(epoch);
  }

  /**
   * {@return the epoch, counted from 1, after which the model had the parameters that it has: the
   * last one unless {@link #keep} named another; 0 before any}
   */
  public int keptEpoch() {
    return kept.orElse(epochs());
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
   * {@return the value of a metric after the epoch whose parameters the model has}
   *
   * @param metric its name
   */
  public double kept(String metric) {
    return kept.isPresent() ? require(metric).get(kept.getAsInt() - 1) : last(metric);
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
