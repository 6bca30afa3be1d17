package org.regularizedvi.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/** Keeps inputs and outputs from lying one in the other. */
final class NestedFolders {
  private NestedFolders() {}

  /**
   * Keeps a copy out of the folder that it is made of, and of what is in its place; other files may
   * lie beside those of a folder that is only read.
   */
  static void refuse(Path input, Path target) {
    try {
      Path from = input.toRealPath();
      Path to = real(target);
      if (Files.isDirectory(from) && to.startsWith(from)
          || Files.isDirectory(to) && from.startsWith(to)) {
        throw new InputException(
            "The output %s and the input %s lie one in the other; choose another place, the input is never changed."
                .formatted(target, input));
      }
    } catch (IOException e) {
      throw new InputException("Cannot compare %s and %s: %s".formatted(input, target, e), e);
    }
  }

  /**
   * {@return the place where a target lies or will lie, links followed as far as there is anything}
   */
  private static Path real(Path target) throws IOException {
    Path whole = target.toAbsolutePath().normalize();
    for (Path at = whole; at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return at.toRealPath().resolve(at.relativize(whole));
      }
    }
    return whole;
  }
}
