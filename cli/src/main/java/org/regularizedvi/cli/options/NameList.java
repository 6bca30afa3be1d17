package org.regularizedvi.cli.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds names: given with commas between, or as {@code @FILE} with one per line.
 *
 * @param names at least one
 */
public record NameList(List<String> names) {
  /** Keeps a copy. */
  public NameList {
    names = List.copyOf(names);
  }

  static NameList parse(String text) {
    List<String> names =
        (text.startsWith("@") ? lines(text.substring(1)) : Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.isEmpty()) {
      throw new TypeConversionException(
          "expected one name or more, found none in '%s'".formatted(text));
    }
    return new NameList(names);
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream();
    } catch (IOException e) {
      throw new TypeConversionException("cannot read the names in '%s': %s".formatted(file, e));
    }
  }
}
