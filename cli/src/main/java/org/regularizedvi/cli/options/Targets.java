package org.regularizedvi.cli.options;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

  /** Requires that a model can be saved in a folder: a new one, an empty one, or a model's. */
  public static void requireModelFolder(Path folder, boolean overwrite) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException("--model-dir must be a folder, but %s is a file.".formatted(folder));
    }
    if (!Files.exists(folder)) {
      requireWritableParent("--model-dir", folder);
      return;
    }
    boolean model = Files.exists(folder.resolve("model.json"));
    if (model && !overwrite) {
      throw new InputException(
          "%s holds a model already; give another --model-dir, or --overwrite to replace it."
              .formatted(folder));
    }
    if (!model && !isEmpty(folder)) {
      throw new InputException(
          "--model-dir must be a new or empty folder or a model's, but %s holds other files."
              .formatted(folder));
    }
    requireWritable("--model-dir", folder);
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

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
