package org.regularizedvi.cli.options;

import java.nio.file.Path;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import picocli.CommandLine.Option;

/** Holds the options that name the copy of the input that gets what a command found. */
public final class CopyOutput {
  @Option(
      names = "--out",
      paramLabel = "OUT",
      required = true,
      description = "Copy of INPUT with what is found.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the output when it exists.")
  private boolean overwrite;

  /** {@return the place that was named for the copy} */
  public Path path() {
    return out;
  }

  /** {@return whether a copy that exists is replaced} */
  public IfExists ifExists() {
    return IfExists.replaceIf(overwrite);
  }

  /**
   * Checks, before any work is done, that the copy can be written.
   *
   * @param cells the open input, which the copy is made of
   * @throws org.regularizedvi.input.InputException when it cannot be written
   */
  public void require(CellSource cells) {
    cells.requireWritable(Destination.file(out), ifExists());
  }

  /**
   * Writes the copy, whole or not at all.
   *
   * @param cells the open input, which the copy is made of
   * @param additions what the copy has besides
   * @throws org.regularizedvi.input.InputException when it cannot be written
   */
  public void write(CellSource cells, TableAdditions additions) {
    cells.write(Destination.file(out), additions, ifExists());
  }
}
