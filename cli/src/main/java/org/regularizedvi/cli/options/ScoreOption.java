package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.ScoreKeys;
import picocli.CommandLine.Option;

/** Holds the option that says which columns integration is scored by. */
public final class ScoreOption {
  @Option(
      names = "--scores",
      paramLabel = "batch=COL,label=COL",
      description =
          "Score how the values of obs column batch mix, and how those of label stay apart and agree"
              + " with clusters: one or both.")
  private Optional<ScoreColumns> columns = Optional.empty();

  /** {@return the columns; empty where nothing is scored} */
  public Optional<ScoreKeys> keys() {
    return columns.map(ScoreColumns::keys);
  }
}
