package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.core.config.ScoreKeys;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds the columns to score integration by, {@code batch=COL,label=COL}.
 *
 * @param keys one column or both
 */
public record ScoreColumns(ScoreKeys keys) {
  static ScoreColumns parse(String text) {
    SequencedMap<String, List<String>> given = KeyCategories.parse(text).byKey();
    given.forEach(
        (role, columns) -> {
          if (!role.equals("batch") && !role.equals("label") || columns.size() > 1) {
            throw new TypeConversionException(
                "expected batch=COL, label=COL or both, found '%s'".formatted(text));
          }
        });
    return new ScoreColumns(new ScoreKeys(only(given, "batch"), only(given, "label")));
  }

  private static Optional<String> only(SequencedMap<String, List<String>> given, String role) {
    return Optional.ofNullable(given.get(role)).map(List::getFirst);
  }
}
