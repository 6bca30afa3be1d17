package org.regularizedvi.cli.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.TypeConversionException;

/**
 * A layer for all modalities, or one a modality; where a file has no modalities, the text is the
 * layer's name whatever it holds.
 */
record Layers(String text) implements PerModality {

  /** Where some modalities have their counts; a single modality has no name. */
  Map<String, CountSource> of(List<String> modalities) {
    if (modalities.equals(Selection.ONE_MODALITY)) {
      return Map.of("", CountSource.layer(text));
    }
    try {
      ByModality<String> layers = ByModality.parse(text, name -> name);
      Map<String, CountSource> sources = new HashMap<>();
      layers
          .every()
          .ifPresent(layer -> modalities.forEach(m -> sources.put(m, CountSource.layer(layer))));
      layers.named().forEach((m, layer) -> sources.put(m, CountSource.layer(layer)));
      return sources;
    } catch (TypeConversionException e) {
      throw new InputException("layer: %s.".formatted(e.getMessage()), e);
    }
  }
}
