package org.regularizedvi.cli.options;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regularizedvi.data.InputException;

/** Says, before any work, whether what a command is to make can be written. */
public final class Targets {
  private Targets() {}

  /** Requires that a file other than the input can be written. */
  public static void requireFile(Path input, Path target, boolean overwrite) {
    if (Files.isDirectory(target)) {
      throw new InputException("--out must be a file, but %s is a folder.".formatted(target));
    }
    if (isSame(input, target)) {
      throw new InputException(
          "--out is the input itself, %s; give another file, the input is never changed."
              .formatted(target));
    }
    if (Files.exists(target) && !overwrite) {
      throw new InputException(
          "%s exists already; give another --out, or --overwrite to replace it.".formatted(target));
    }
    requireWritableParent("--out", target);
  }

  private static void requireWritableParent(String option, Path target) {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new InputException(
          "%s %s cannot be written: there is no folder %s.".formatted(option, target, parent));
    }
    requireWritable(option, parent);
  }

  /** Tries it: permissions alone do not tell of read-only mounts, nor what root may do. */
  private static void requireWritable(String option, Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".regularizedvi", ".tmp"));
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be written: the folder %s takes no new files.".formatted(option, folder), e);
    }
  }

  private static boolean isSame(Path input, Path target) {
    try {
      return Files.exists(target) && Files.exists(input) && Files.isSameFile(input, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
