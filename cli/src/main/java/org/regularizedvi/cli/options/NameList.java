package org.regularizedvi.cli.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        text.startsWith("@") ? lines(Converters.path(text.substring(1))) : parts(text);
    if (names.isEmpty()) {
      throw new TypeConversionException(
          "expected one name or more, found none in '%s'".formatted(text));
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new TypeConversionException(
            "expected '%s' once, found it twice in '%s'".formatted(name, text));
      }
    }
    return new NameList(names);
  }

  private static List<String> parts(String text) {
    List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
    if (names.contains("")) {
      throw new TypeConversionException(
          "expected names with commas between, found '%s'".formatted(text));
    }
    return names;
  }

  /** Returns the names in a file, which may have empty lines. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new TypeConversionException(
          "expected a text file in UTF-8 with a name a line, found %s in '@%s'"
              .formatted(what(file), file));
    }
  }

  private static String what(Path file) {
    if (Files.isDirectory(file)) {
      return "a folder";
    }
    return Files.exists(file) ? "a file that cannot be read as such" : "no file";
  }
}
