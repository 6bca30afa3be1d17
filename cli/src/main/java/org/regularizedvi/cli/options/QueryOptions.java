package org.regularizedvi.cli.options;

import org.regularizedvi.core.config.MissingFeatures;
import picocli.CommandLine.Option;

/** Holds the options that say how a file may differ from the one that a model was trained on. */
public final class QueryOptions {
  @Option(
      names = "--missing-features",
      paramLabel = "HOW",
      description =
          "What becomes of features of the model that the file lacks. error: the file is refused;"
              + " zero: every cell has a count of zero (default: error).")
  private MissingFeatures missing = MissingFeatures.ERROR;

  @Option(
      names = "--all-cells",
      description =
          "Take all cells, also where the model was trained on some, by their counts or columns.")
  private boolean allCells;

  /** {@return what the options say} */
  public Query toQuery() {
    return new Query(missing, allCells);
  }
}
