package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.regularizedvi.core.config.ScoreKeys;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds what integration is scored by, {@code batch=COL,label=COL,markers=COLUMN|FILE}.
 *
 * @param keys one column or both, and markers
 */
public record ScoreColumns(ScoreKeys keys) {
  private static final Set<String> ROLES = Set.of("batch", "label", "markers");

  static ScoreColumns parse(String text) {
    SequencedMap<String, List<String>> given = KeyCategories.parse(text).byKey();
    given.forEach(
        (role, columns) -> {
          if (!ROLES.contains(role) || columns.size() > 1) {
            throw new TypeConversionException(
                "expected batch=COL, label=COL or both, with or without markers=COLUMN, found '%s'"
                    .formatted(text));
          }
        });
    if (given.containsKey("markers") && !given.containsKey("batch")) {
      throw new TypeConversionException(
          "expected batch=COL beside markers, which compare neighbours of different batches, found '%s'"
              .formatted(text));
    }
    return new ScoreColumns(
        new ScoreKeys(only(given, "batch"), only(given, "label"), only(given, "markers")));
  }

  private static Optional<String> only(SequencedMap<String, List<String>> given, String role) {
    return Optional.ofNullable(given.get(role)).map(List::getFirst);
  }
}
