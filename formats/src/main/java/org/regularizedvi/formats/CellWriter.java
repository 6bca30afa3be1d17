package org.regularizedvi.formats;

import java.nio.file.Path;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/** Writes new files of one format. */
public interface CellWriter {
  /** {@return whether a file holds several modalities, each with a name; else it holds one, ""} */
  boolean holdsSeveral();

  /**
   * Checks, before any work is done, that a file may be written.
   *
   * @param target the place of the file
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when it may not
   */
  void requireTarget(Path target, IfExists ifExists);

  /**
   * Writes a file, all or nothing.
   *
   * @param target the place of the file
   * @param cells the cells, with their counts and tables
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the target exists and may not be replaced or cannot be written, or
   *     a name cannot be used
   */
  void write(Path target, NewCells cells, IfExists ifExists);
}
