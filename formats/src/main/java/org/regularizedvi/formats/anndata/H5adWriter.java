package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionCheck;
import org.regularizedvi.cells.AdditionSize;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.encoding.Additions;
import org.regularizedvi.formats.anndata.encoding.NewFile;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.input.InputException;

/** Writes a new .h5ad, all or nothing: counts in X as csr of float32, compressed with gzip. */
public final class H5adWriter {
  private H5adWriter() {}

  /** Writes rows that are in memory; see the other method. */
  public static void write(
      Path target,
      SparseRows counts,
      List<String> obsNames,
      List<String> varNames,
      List<Addition> additions) {
    write(target, CountsInMemory.of(counts), obsNames, varNames, additions);
  }

  /** Writes a file where there is none; see the other method. */
  public static void write(
      Path target,
      Counts counts,
      List<String> obsNames,
      List<String> varNames,
      List<Addition> additions) {
    write(target, counts, obsNames, varNames, additions, IfExists.REFUSE);
  }

  /**
   * Checks, before any work is done, that a new file may be written to the target.
   *
   * @throws InputException when it cannot be written, or is there and may not be replaced
   */
  public static void requireTarget(Path target, IfExists ifExists) {
    AtomicFile.check(target, ifExists);
  }

  /**
   * Writes a file.
   *
   * @param obsNames the name of each row
   * @param varNames the name of each column
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the target exists and may not be replaced, or cannot be written
   */
  public static void write(
      Path target,
      Counts counts,
      List<String> obsNames,
      List<String> varNames,
      List<Addition> additions,
      IfExists ifExists) {
    if (obsNames.size() != counts.rows() || varNames.size() != counts.columns()) {
      throw new IllegalArgumentException(
          "%d and %d names for a matrix of %d x %d"
              .formatted(obsNames.size(), varNames.size(), counts.rows(), counts.columns()));
    }
    AdditionCheck.requireSizes(additions, counts.rows(), counts.columns());
    AtomicFile.write(
        target,
        ifExists,
        temporary -> {
          H5Output.create(temporary).close();
          AtomicFile.reserve(
              temporary,
              AdditionSize.bytes(counts, obsNames, varNames) + AdditionSize.bytes(additions));
          try (H5Output out = H5Output.append(temporary)) {
            NewFile.write(out, counts.blocks().toList(), obsNames, varNames);
            Additions.write(out, additions);
          }
          WrittenCheck.requireWritten(temporary, additions);
        });
  }
}
