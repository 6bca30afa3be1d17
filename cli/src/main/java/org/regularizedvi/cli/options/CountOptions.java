package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CountChecks;
import picocli.CommandLine.Option;

/** Where the counts are in the file and what may pass for one. */
public final class CountOptions {
  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "Layer with the raw counts, or of an .h5mu MODALITY=NAME with commas between (default: X).")
  private Optional<Layers> layer = Optional.empty();

  @Option(
      names = "--cells",
      paramLabel = "WHICH",
      description =
          "Of an .h5mu: union, the cells of any modality, or intersection, those that all have (default: union).")
  private Optional<CellJoin> cells = Optional.empty();

  @Option(
      names = "--allow-non-integer",
      description = "Accept counts with fractions, with a warning.")
  private boolean allowNonInteger;

  @Option(
      names = "--trust-input",
      description = "Read INPUT at once, without a process that looks first whether it is damaged.")
  private boolean trustInput;

  public Reading toReading() {
    return new Reading(
        layer.map(Layers::text),
        allowNonInteger ? CountChecks.ALLOW_NON_INTEGER : CountChecks.INTEGERS,
        cells,
        List.of(),
        trustInput);
  }
}
