package org.regularizedvi.cli.options;

import java.util.EnumSet;
import java.util.Set;
import org.regularizedvi.core.config.PredictedQuantity;
import picocli.CommandLine.TypeConversionException;

/** Holds quantities, given with commas between. */
record QuantityList(Set<PredictedQuantity> quantities) {
  QuantityList {
    quantities = Set.copyOf(quantities);
  }

  static QuantityList parse(String text) {
    EnumSet<PredictedQuantity> quantities = EnumSet.noneOf(PredictedQuantity.class);
    for (String word : text.split(",", -1)) {
      if (!quantities.add(Converters.choice(PredictedQuantity.class).apply(word))) {
        throw new TypeConversionException(
            "expected '%s' once, found it twice in '%s'".formatted(word, text));
      }
    }
    return new QuantityList(quantities);
  }
}
