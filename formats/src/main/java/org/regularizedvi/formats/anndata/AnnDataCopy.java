package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionSize;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.encoding.Additions;
import org.regularizedvi.formats.hierarchy.HierarchyContent;
import org.regularizedvi.input.InputException;

/** Copies an AnnData file and adds to the copy, all or nothing; the input is only read. */
public final class AnnDataCopy {
  private AnnDataCopy() {}

  /**
   * Writes the copy, reads every addition back and compares, and only then moves the copy into
   * place.
   *
   * @param input the place of the file to be copied
   * @param target the place of the copy
   * @param additions what is written into the copy
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the input is no AnnData file, the target is the input or cannot be
   *     written, or the disk is full
   */
  public static void write(Path input, Path target, List<Addition> additions, IfExists ifExists) {
    try (AnnDataFile in = AnnDataFile.open(input)) {
      in.requireRoomFor(additions);
    }
    Containers.copy(
        input,
        target,
        ifExists,
        new HierarchyContent(
            "",
            AdditionSize.bytes(additions),
            out -> Additions.write(out, additions),
            copy -> WrittenCheck.requireWritten(copy, additions)));
  }
}
