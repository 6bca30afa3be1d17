package org.regularizedvi.cli.options;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.regularizedvi.core.config.PredictedQuantity;

/** Holds quantities, given with commas between. */
record QuantityList(Set<PredictedQuantity> quantities) {
  QuantityList {
    quantities = Set.copyOf(quantities);
  }

  static QuantityList parse(String text) {
    EnumSet<PredictedQuantity> quantities = EnumSet.noneOf(PredictedQuantity.class);
    Arrays.stream(text.split(",", -1))
        .map(Converters.choice(PredictedQuantity.class))
        .forEach(quantities::add);
    return new QuantityList(quantities);
  }
}
