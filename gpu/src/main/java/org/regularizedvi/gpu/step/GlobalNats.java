package org.regularizedvi.gpu.step;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.core.term.GlobalTerm;

/** Holds the terms of parameters that all cells share, nats per data set. */
final class GlobalNats {
  private final Map<GlobalTerm, Double> nats = new EnumMap<>(GlobalTerm.class);

  void add(GlobalTerm term, double value) {
    nats.merge(term, value, Double::sum);
  }

  double sum() {
    return nats.values().stream().reduce(0.0, Double::sum);
  }

  /** {@return the first term that is not finite} */
  Optional<GlobalTerm> firstBroken() {
    return nats.entrySet().stream()
        .filter(entry -> !Double.isFinite(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
