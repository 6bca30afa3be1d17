package org.regularizedvi.formats.mudata;

import java.nio.file.Path;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.Containers;
import org.regularizedvi.formats.anndata.WrittenCheck;
import org.regularizedvi.formats.anndata.encoding.Additions;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.anndata.encoding.NewMuData;
import org.regularizedvi.formats.hierarchy.HierarchyContent;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.input.InputException;

/**
 * Copies a MuData file and adds to the copy, all or nothing; the input is only read. All cells and
 * modalities stay, used or not; a shared column such as {@code rna:sample}, which older versions of
 * mudata copied from modality rna, stays as it was when the modality's is replaced.
 */
public final class MuDataCopy {
  private MuDataCopy() {}

  /**
   * Writes the copy, reads every addition back and compares, and only then moves the copy into
   * place.
   *
   * @param input the .h5mu to be copied
   * @param target the place of the copy
   * @param additions additions with rows as the file's own tables have them: see {@link
   *     MuDataFile#arranged}
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the input is no MuData file or lacks a modality, the target is the
   *     input or cannot be written, or the disk is full
   */
  public static void write(Path input, Path target, TableAdditions additions, IfExists ifExists) {
    try (MuDataParts in = MuDataParts.open(input)) {
      in.requireRoomFor(additions);
    }
    Containers.copy(
        input,
        target,
        ifExists,
        new HierarchyContent(
            NewMuData.BEGINNING,
            additions.bytes(),
            out -> write(out, additions),
            copy -> requireWritten(copy, additions)));
  }

  static void write(HierarchyOutput out, TableAdditions additions) {
    Additions.write(out, additions.shared());
    additions
        .modalities()
        .forEach((name, own) -> Additions.write(out.within(Modalities.path(name)), own));
  }

  static void requireWritten(Path file, TableAdditions additions) {
    try (MuDataParts read = MuDataParts.open(file)) {
      WrittenCheck.requireWritten(read.shared(), additions.shared());
      additions
          .modalities()
          .forEach((name, own) -> WrittenCheck.requireWritten(read.modality(name), own));
    }
  }
}
