package org.regularizedvi.cli.options;

import org.regularizedvi.core.config.Dispersion;

/** A kind of dispersion for all modalities, or one a modality. */
record Dispersions(ByModality<Dispersion> values) implements PerModality {
  static Dispersions of(Dispersion every) {
    return new Dispersions(ByModality.of(every));
  }

  static Dispersions parse(String text) {
    return new Dispersions(ByModality.parse(text, Converters.choice(Dispersion.values())));
  }
}
