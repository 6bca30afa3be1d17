package org.regularizedvi.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.ambient.ProfileFiles.Given;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds files of categories, {@code a=raw_a.h5,b=raw_b.h5}, or one file of all of them. A text that
 * is the name of a file as a whole is one.
 *
 * @param files at least one
 */
record CategoryFiles(List<Given> files) {
  static CategoryFiles parse(String text) {
    Path whole = Converters.path(text);
    if (Files.exists(whole)) {
      return new CategoryFiles(List.of(new Given(Optional.empty(), whole)));
    }
    List<Given> files = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String category = part.substring(0, Math.max(0, equals)).strip();
      String file = part.substring(equals + 1).strip();
      if (file.isEmpty() || equals >= 0 && category.isEmpty()) {
        throw new TypeConversionException(
            "expected FILE, or CATEGORY=FILE with commas between, found '%s'".formatted(text));
      }
      files.add(
          new Given(equals < 0 ? Optional.empty() : Optional.of(category), Converters.path(file)));
    }
    return new CategoryFiles(files);
  }
}
