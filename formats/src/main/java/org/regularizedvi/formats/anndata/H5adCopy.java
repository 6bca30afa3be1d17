package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionSize;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.encoding.Additions;
import org.regularizedvi.input.InputException;

/** Copies an .h5ad byte for byte and adds to the copy, all or nothing; the input is only read. */
public final class H5adCopy {
  private H5adCopy() {}

  /**
   * Writes the copy, reads every addition back and compares, and only then moves the copy into
   * place.
   *
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the input is no .h5ad, the target is the input or cannot be
   *     written, or the disk is full
   */
  public static void write(Path input, Path target, List<Addition> additions, IfExists ifExists) {
    try (AnnDataFile in = AnnDataFile.open(input)) {
      in.requireRoomFor(additions);
    }
    FileCopy.write(
        input,
        target,
        ifExists,
        AdditionSize.bytes(additions),
        out -> Additions.write(out, additions),
        copy -> WrittenCheck.requireWritten(copy, additions));
  }
}
