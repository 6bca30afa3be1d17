package org.regularizedvi.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import org.regularizedvi.analysis.IntegrationScores;

/** Words scores of integration as the program prints them. */
final class ScoreLines {
  private ScoreLines() {}

  static String of(IntegrationScores scores) {
    return scores.values().entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%-16s %.4f", e.getKey(), e.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
