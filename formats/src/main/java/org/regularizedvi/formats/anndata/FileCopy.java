package org.regularizedvi.formats.anndata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.input.InputException;

/** Copies an HDF5 file byte for byte and changes the copy, all or nothing; the input is read. */
public final class FileCopy {
  private FileCopy() {}

  /**
   * Writes the copy beside the target, changes and checks it, and then moves it into place.
   *
   * @param bytes bounds from above what the change adds
   * @param check throws when the copy is not as it should be
   * @throws InputException when the target is the input or cannot be written, or the disk is full
   */
  public static void write(
      Path input,
      Path target,
      IfExists ifExists,
      long bytes,
      Consumer<H5Output> change,
      Consumer<Path> check) {
    requireTarget(input, target, ifExists);
    AtomicFile.write(
        target,
        ifExists,
        temporary -> {
          copy(input, temporary);
          AtomicFile.reserve(temporary, bytes);
          try (H5Output out = H5Output.append(temporary)) {
            change.accept(out);
          }
          check.accept(temporary);
        });
  }

  /**
   * Checks that a copy of the input may be written to the target.
   *
   * @throws InputException when the target is the input itself, has the name of another kind of
   *     file, cannot be written, or is there and may not be replaced
   */
  public static void requireTarget(Path input, Path target, IfExists ifExists) {
    try {
      if (Files.exists(target) && Files.isSameFile(input, target)) {
        throw new InputException(
            "The output %s is the input itself; choose another name, the input is never changed."
                .formatted(target));
      }
    } catch (IOException e) {
      throw new InputException("Cannot compare %s and %s: %s".formatted(input, target, e), e);
    }
    requireNameOfKind(input, target);
    AtomicFile.check(target, ifExists);
  }

  /** What opens files by the ends of their names would take the copy for what it is not. */
  private static void requireNameOfKind(Path input, Path target) {
    boolean several = Modalities.areIn(input);
    String other = several ? ".h5ad" : ".h5mu";
    if (target.getFileName().toString().endsWith(other)) {
      throw new InputException(
          "The output is a copy of %s, %s; its name must not end in %s, but is %s."
              .formatted(
                  input,
                  several ? "a MuData file (.h5mu)" : "an AnnData file (.h5ad)",
                  other,
                  target));
    }
  }

  /** Copies into a new file with default rights: the input's may forbid writing. */
  private static void copy(Path input, Path to) {
    try (FileChannel in = FileChannel.open(input);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        long moved = in.transferTo(done, size - done, out);
        if (moved <= 0) {
          throw new IOException("%s shrank while it was copied".formatted(input));
        }
        done += moved;
      }
    } catch (IOException e) {
      throw new InputException("Cannot copy %s to %s: %s".formatted(input, to, e), e);
    }
  }
}
