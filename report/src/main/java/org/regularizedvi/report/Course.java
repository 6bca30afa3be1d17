package org.regularizedvi.report;

import java.util.List;
import java.util.Optional;

/**
 * The course of training: its metrics epoch by epoch, and the epoch whose parameters the model has.
 *
 * @param curves the metrics, empty where they are not known
 * @param keptEpoch the epoch, counted from 1; 0 where it is not known
 */
public record Course(List<Curve> curves, int keptEpoch) {
  /**
   * Keeps a copy, which nobody can change.
   *
   * @throws IllegalArgumentException when there are epochs and none was kept
   */
  public Course {
    curves = List.copyOf(curves);
    if (keptEpoch < 1 && curves.stream().anyMatch(curve -> curve.training().length > 0)) {
      throw new IllegalArgumentException("epoch %d was kept".formatted(keptEpoch));
    }
  }

  /** {@return the curve of that name, where it is known and has epochs} */
  Optional<Curve> curve(String name) {
    return curves.stream()
        .filter(curve -> curve.name().equals(name) && curve.training().length > 0)
        .findFirst();
  }

  /** {@return the value that the kept epoch has among those of all epochs} */
  double kept(double[] values) {
    return values[keptIndex(values)];
  }

  /** {@return the place of the kept epoch among the values of all epochs} */
  int keptIndex(double[] values) {
    return Math.min(keptEpoch, values.length) - 1;
  }
}
