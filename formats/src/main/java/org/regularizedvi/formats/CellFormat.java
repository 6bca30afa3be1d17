package org.regularizedvi.formats;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.input.InputException;

/**
 * A kind of file, or of folder, that holds cells. Each lies in a package of its own, is named in
 * {@code META-INF/services} and is found by {@link Formats}, through which everybody else goes.
 */
public interface CellFormat {
  /** Returns what a sentence calls a file of this format, such as "an AnnData file (.h5ad)". */
  String words();

  /** Returns how the names of such files end, the usual ending first. */
  List<String> endings();

  /**
   * Lets a file from outside pass that a process of its own could look through: what is damaged
   * then does not end this one. Does nothing for what is not of this format, or cannot do harm.
   *
   * @throws InputException when the file is damaged
   */
  default void requireWhole(Path file) {}

  /**
   * Tells by the content whether a file is of this format.
   *
   * @throws InputException when it begins as such a file does, but cannot be opened
   */
  boolean recognises(Path file);

  /**
   * Returns the names of the modalities of a file; a single "" where it has one without a name.
   *
   * @throws InputException when the file cannot be opened
   */
  List<String> modalities(Path file);

  /**
   * Opens a file; the caller closes it.
   *
   * @throws InputException when it is missing, damaged or not of this format, or has not what is
   *     selected
   */
  CellSource open(Path file, Selection selection);

  /** Returns what writes new files of this format; empty where it can only be read. */
  default Optional<CellWriter> writer() {
    return Optional.empty();
  }
}
