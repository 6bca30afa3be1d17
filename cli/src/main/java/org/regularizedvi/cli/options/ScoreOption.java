package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.ScoreKeys;
import picocli.CommandLine.Option;

/** Holds the option that says which columns integration is scored by. */
public final class ScoreOption {
  @Option(
      names = "--scores",
      paramLabel = "batch=COL,label=COL,markers=COLUMN|FILE",
      description =
          "Score how the values of obs column batch mix, and how those of label stay apart and agree"
              + " with clusters: one or both. markers, a column of var or a file with names, also says"
              + " whether neighbours of other batches express the same marker genes.")
  private Optional<ScoreColumns> columns = Optional.empty();

  /** {@return the columns; empty where nothing is scored} */
  public Optional<ScoreKeys> keys() {
    return columns.map(ScoreColumns::keys);
  }
}
