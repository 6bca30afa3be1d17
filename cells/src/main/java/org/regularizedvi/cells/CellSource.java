package org.regularizedvi.cells;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/**
 * Gives the cells of an open file, or folder, of any format, or of several that were joined: their
 * table, their features and their counts in one modality or several. A single modality has the name
 * "". What is large is read when asked for. Closing the source closes the files.
 */
public interface CellSource extends AutoCloseable {
  /**
   * {@return the files, or folders, that the cells are read from: one, unless several were joined}
   */
  List<Path> paths();

  /** {@return what is taken of the files} */
  InputChoices choices();

  /** {@return the table of the cells of all modalities} */
  CellTable cells();

  /**
   * Reads a dense matrix of the cells of all modalities; NaN where it has no row for a cell.
   *
   * @param key the name of the matrix in obsm
   * @return a row for each cell
   * @throws InputException when there is none of that name, with the nearest names
   */
  FloatMatrix obsm(String key);

  /** {@return the names that {@link #obsm} finds matrices under, sorted} */
  List<String> obsmKeys();

  /**
   * {@return whether {@link #obsm} finds a matrix of that name}
   *
   * @param key the name of the matrix in obsm
   */
  default boolean hasObsm(String key) {
    return obsmKeys().contains(key);
  }

  /**
   * {@return what a user should know of how the cells are read, such as features left out: one
   * sentence for each thing, none for a plain file}
   */
  List<String> notes();

  /** {@return the modalities' names, sorted, as saved Python models have them; or a single ""} */
  List<String> modalities();

  /**
   * {@return the features of a modality, which are the columns of its counts}
   *
   * @param modality the name of the modality
   * @throws InputException when there is no such modality
   */
  FeatureTable features(String modality);

  /**
   * {@return all counts of a modality, cells x features; the row of a cell that lacks the modality
   * is empty}
   *
   * @param modality the name of the modality
   * @throws InputException when there is no such modality, or with everything that is no count
   */
  Counts counts(String modality);

  /**
   * {@return the counts of a modality as {@link #counts} gives them, where the file keeps them so
   * that any rows are read when they are asked for; empty where they would be read into memory}
   *
   * @param modality the name of the modality
   * @throws InputException when there is no such modality
   */
  default Optional<Counts> onDisk(String modality) {
    return Optional.empty();
  }

  /**
   * Opens the counts of a modality to be read once, in blocks of cells; the caller closes it.
   *
   * @param modality the name of the modality
   * @return a reader of cells x features
   * @throws InputException when there is no such modality
   */
  CountReader countReader(String modality);

  /**
   * Checks, before any work is done, that {@link #write} may write there.
   *
   * @param to where the copy is to be written
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when an output is an input, has the name of another format, cannot be
   *     written, or is there and may not be replaced
   */
  void requireWritable(Destination to, IfExists ifExists);

  /**
   * Writes a copy of the cells with additions that have a row for each of them, every file whole or
   * not at all.
   *
   * @param to where the copy is written
   * @param additions what the copy has beyond the input
   * @param ifExists what becomes of a file that is there already
   * @throws InputException as {@link #requireWritable}, or when the disk is full
   */
  void write(Destination to, TableAdditions additions, IfExists ifExists);

  @Override
  void close();
}
