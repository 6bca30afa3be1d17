package org.regularizedvi.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.regularizedvi.data.h5ad.Additions;
import org.regularizedvi.data.hdf5.H5Output;

/** Copies an .h5ad byte for byte and adds to the copy, all or nothing; the input is only read. */
public final class H5adCopy {
  private H5adCopy() {}

  /**
   * Writes the copy, reads every addition back and compares, and only then moves the copy into
   * place.
   *
   * @param overwrite whether a file at {@code target} may be replaced
   * @throws InputException when the input is no .h5ad, the target is the input or cannot be
   *     written, or the disk is full
   */
  public static void write(Path input, Path target, List<Addition> additions, boolean overwrite) {
    try (AnnDataFile in = AnnDataFile.open(input)) {
      in.requireRoomFor(additions);
    }
    requireTarget(input, target, overwrite);
    AtomicFile.write(
        target,
        overwrite,
        temporary -> {
          copy(input, temporary);
          AtomicFile.reserve(temporary, AdditionSize.bytes(additions));
          try (H5Output out = H5Output.append(temporary)) {
            Additions.write(out, additions);
          }
          AdditionCheck.requireWritten(temporary, additions);
        });
  }

  /**
   * Checks, before any work is done, that a copy of the input may be written to the target.
   *
   * @throws InputException when the target is the input itself, cannot be written, or is there and
   *     may not be replaced
   */
  public static void requireTarget(Path input, Path target, boolean overwrite) {
    try {
      if (Files.exists(target) && Files.isSameFile(input, target)) {
        throw new InputException(
            "The output %s is the input itself; choose another name, the input is never changed."
                .formatted(target));
      }
    } catch (IOException e) {
      throw new InputException("Cannot compare %s and %s: %s".formatted(input, target, e), e);
    }
    AtomicFile.check(target, overwrite);
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
