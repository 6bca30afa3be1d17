package org.regularizedvi.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds categories of keys, {@code donor=d1,donor=d2,site=s}: one key may have several.
 *
 * @param byKey the categories of each key, both in the order given
 */
public record KeyCategories(SequencedMap<String, List<String>> byKey) {
  static KeyCategories none() {
    return new KeyCategories(new LinkedHashMap<>());
  }

  static KeyCategories parse(String text) {
    SequencedMap<String, List<String>> byKey = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String key = part.substring(0, Math.max(0, equals)).strip();
      String category = part.substring(equals + 1).strip();
      if (key.isEmpty() || category.isEmpty()) {
        throw new TypeConversionException(
            "expected KEY=CATEGORY with commas between, found '%s'".formatted(text));
      }
      List<String> categories = byKey.computeIfAbsent(key, _ -> new ArrayList<>());
      if (categories.contains(category)) {
        throw new TypeConversionException("expected '%s' once, found it twice".formatted(part));
      }
      categories.add(category);
    }
    return new KeyCategories(byKey);
  }
}
