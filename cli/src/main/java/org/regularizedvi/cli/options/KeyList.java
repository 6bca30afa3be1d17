package org.regularizedvi.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds several keys of one value, {@code donor,site}; a comma within a key is written {@code \,}.
 */
record KeyList(List<String> keys) {
  static final KeyList NONE = new KeyList(List.of());

  KeyList {
    keys = List.copyOf(keys);
  }

  static KeyList parse(String text) {
    List<String> keys = new ArrayList<>();
    for (String part : text.split("(?<!\\\\),", -1)) {
      String key = part.strip().replace("\\,", ",");
      if (key.isEmpty()) {
        throw new TypeConversionException(
            "expected keys with commas between, found '%s'".formatted(text));
      }
      keys.add(key);
    }
    return new KeyList(keys);
  }

  @Override
  public String toString() {
    return keys.stream().map(k -> k.replace(",", "\\,")).collect(Collectors.joining(","));
  }
}
