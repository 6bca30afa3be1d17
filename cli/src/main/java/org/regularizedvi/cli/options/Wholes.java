package org.regularizedvi.cli.options;

import java.util.Map;

/** A whole number for all modalities, or one a modality. */
record Wholes(ByModality<Integer> values) implements PerModality {
  static Wholes of(int every) {
    return new Wholes(ByModality.of(every));
  }

  static Wholes parse(String text) {
    return new Wholes(ByModality.parse(text, Converters::whole));
  }

  int orElse(int otherwise) {
    return values.every().orElse(otherwise);
  }

  Map<String, Integer> named() {
    return values.named();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
