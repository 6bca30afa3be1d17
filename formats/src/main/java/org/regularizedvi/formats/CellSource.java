package org.regularizedvi.formats;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.hdf5.FileFence;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;

/**
 * A file of cells together with where the counts of its modalities are and what may pass for one.
 * The only modality of an .h5ad has the name "". Closing it closes the file.
 */
public sealed interface CellSource extends AutoCloseable permits OneModality, SeveralModalities {
  /** Cells of an .h5ad. */
  static CellSource of(AnnDataFile file, CountSource counts, CountChecks checks) {
    return new OneModality(file, counts, checks);
  }

  /**
   * Cells of an .h5mu.
   *
   * @param counts where a modality has its counts, X where it is not named
   * @throws InputException when a modality is named that was not taken of the file
   */
  static CellSource of(MuDataFile file, Map<String, CountSource> counts, CountChecks checks) {
    return new SeveralModalities(file, counts, checks);
  }

  /**
   * Lets a file from outside pass that a process of its own could look through: what is damaged
   * does not end this one. Done once, while the file stays as it is.
   *
   * @throws InputException when there is no such file, it is not HDF5, or it is damaged
   */
  static void requireWhole(Path file) {
    FileFence.require(file);
  }

  Path path();

  /** The table of the cells, of all modalities. */
  CellTable cells();

  /**
   * Reads a dense matrix of the cells, of all modalities; NaN where it has no row for a cell.
   *
   * @throws InputException when there is none of that name, with the nearest names
   */
  FloatMatrix obsm(String key);

  /** Tells whether {@link #obsm} finds a matrix of that name. */
  boolean hasObsm(String key);

  /** Says how many cells there are, and how many each of several modalities has. */
  String words();

  /** The modalities' names, sorted, as saved Python models have them. */
  List<String> modalities();

  /** The file's own tables of a modality. */
  AnnDataFile modality(String name);

  /** Reads all counts of a modality, a row for each cell, empty for one that lacks it. */
  Counts counts(String modality);

  /** Opens the counts of a modality to be read in blocks of cells; the caller closes it. */
  CountReader countReader(String modality);

  /**
   * Writes a copy of the file with additions that have a row for each of its cells, whole or not at
   * all.
   *
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the target is the input or cannot be written, or the disk is full
   */
  void write(Path target, TableAdditions additions, IfExists ifExists);

  @Override
  void close();
}
