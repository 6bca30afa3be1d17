package org.regularizedvi.formats;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/**
 * Prepares cells for several runs: into a folder, written whole or not at all, in which counts stay
 * on disk when it is read.
 */
public interface CellPreparer {
  /**
   * Checks, before any work is done, that the folder may be written.
   *
   * @param inputs the files that the cells come from
   * @param target the place of the folder
   * @param ifExists what becomes of prepared cells that are there already
   * @throws InputException when its name does not end as such names do, it is an input, cannot be
   *     written, or holds anything that may not be replaced
   */
  void requireTarget(List<Path> inputs, Path target, IfExists ifExists);

  /**
   * Goes once through the cells and writes them.
   *
   * @param source the cells
   * @param target the place of the folder
   * @param ifExists what becomes of prepared cells that are there already
   * @param leftOut is told, in a sentence each, which columns and matrices cannot be read, and so
   *     are left out
   * @throws InputException when a value is no count, names of cells or features repeat, or the
   *     folder cannot be written
   */
  void write(CellSource source, Path target, IfExists ifExists, Consumer<String> leftOut);
}
