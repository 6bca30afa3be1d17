package org.regularizedvi.formats.anndata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.regularizedvi.files.AtomicFile;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
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
    Formats.requireOutput(input, target, ifExists);
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
