package org.regularizedvi.formats;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.input.InputException;

/**
 * Reads one kind of file, or of folder, that holds cells. Each format lies in a package of its own,
 * is named in {@code META-INF/services} and is found by {@link Formats}, through which everybody
 * else goes.
 */
public interface CellFormat {
  /**
   * {@return the name of a file of this format in a sentence, such as "an AnnData file (.h5ad)"}
   */
  String words();

  /** {@return the endings of the names of such files, the usual ending first} */
  List<String> endings();

  /**
   * {@return whether a file is of this format, by its content}
   *
   * @param file the place of the file, or folder, which need not exist
   * @throws InputException when it begins as such a file does, but cannot be opened
   */
  boolean recognises(Path file);

  /**
   * {@return the names of the modalities of a file; a single "" where it has one without a name}
   *
   * @param file the place of the file, or folder
   * @throws InputException when the file cannot be opened
   */
  List<String> modalities(Path file);

  /**
   * {@return whether a file has a matrix at a place where counts can be} The matrix is not looked
   * at.
   *
   * @param file the place of the file, or folder
   * @param modality the name of the modality; "" of a single one
   * @param source the place where counts can be: X, or a layer
   * @throws InputException when the file cannot be opened, or has no such modality
   */
  default boolean holds(Path file, String modality, CountSource source) {
    return source.equals(CountSource.x());
  }

  /** {@return whether counts are always in X, as a file has no other matrix} */
  default boolean onlyX() {
    return false;
  }

  /**
   * Opens a file; the caller closes it.
   *
   * @param file the place of the file, or folder
   * @param selection what is taken of it
   * @return the cells
   * @throws InputException when it is missing, damaged or not of this format, or has not what is
   *     selected
   */
  CellSource open(Path file, Selection selection);

  /**
   * {@return whether a folder of this format belongs to it as a whole, so that nothing else may be
   * written into it}
   */
  default boolean ownsFolder() {
    return writer().isPresent();
  }

  /**
   * {@return the files in HDF5 that a folder of this format is made of, none where it is another
   * folder}
   *
   * @param folder the place of the folder, which need not exist
   */
  default List<Path> hdf5Within(Path folder) {
    return List.of();
  }

  /** {@return what prepares cells for several runs, where that makes folders of this format} */
  default Optional<CellPreparer> preparer() {
    return Optional.empty();
  }

  /** {@return the writer of new files of this format; empty where it can only be read} */
  default Optional<CellWriter> writer() {
    return Optional.empty();
  }
}
