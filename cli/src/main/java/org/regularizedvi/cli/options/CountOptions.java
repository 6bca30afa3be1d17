package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import picocli.CommandLine.Option;

/** Where the counts are in the file and what may pass for one. */
public final class CountOptions {
  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "Layer with the raw counts (default: X).")
  private Optional<String> layer = Optional.empty();

  @Option(
      names = "--allow-non-integer",
      description = "Accept counts with fractions, with a warning.")
  private boolean allowNonInteger;

  public Counts toCounts() {
    return new Counts(
        new CountSource(layer),
        allowNonInteger ? CountChecks.ALLOW_NON_INTEGER : CountChecks.INTEGERS);
  }
}
