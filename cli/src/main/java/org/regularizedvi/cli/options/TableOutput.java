package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.core.differential.DifferentialTable;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.tables.CsvFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Option;

/**
 * Holds the options that say where the table of a comparison goes: a CSV file, and a copy of the
 * input where one is named.
 */
public final class TableOutput {
  @Option(
      names = "--out-csv",
      paramLabel = "OUT.csv",
      required = true,
      description = "The table, a row for each feature and comparison.")
  private Path csv;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      description = "Copy of INPUT with the table in uns as well.")
  private Optional<Path> copy = Optional.empty();

  @Option(names = "--overwrite", description = "Replace outputs that exist.")
  private boolean overwrite;

  /**
   * Checks, before any work is done, that the outputs can be written.
   *
   * @param cells the open input, which the copy is made of
   * @throws InputException when one cannot, or both are the same
   */
  public void require(CellSource cells) {
    if (copy.map(Path::toAbsolutePath).equals(Optional.of(csv.toAbsolutePath()))) {
      throw new InputException(
          "--out-csv and --out are both %s; expected two different files.".formatted(csv));
    }
    Formats.requireTable(cells.paths(), csv, ifExists());
    copy.map(Destination::file).ifPresent(out -> cells.requireWritable(out, ifExists()));
  }

  /**
   * Writes the table, each file whole or not at all.
   *
   * @param open the model and the input
   * @param table the comparisons
   */
  public void write(OpenModel open, DifferentialTable table) {
    copy.map(Destination::file)
        .ifPresent(
            out ->
                open.cells()
                    .write(
                        out,
                        Results.ofDifferential(open.model(), open.cells(), table),
                        ifExists()));
    CsvFile.write(csv, table.header(), table.rows()::iterator, ifExists());
  }

  private IfExists ifExists() {
    return IfExists.replaceIf(overwrite);
  }

  /** {@return the names of the outputs, with "and" between} */
  public String words() {
    return csv + copy.map(out -> " and " + out).orElse("");
  }
}
