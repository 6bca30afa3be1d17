package org.regularizedvi.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/** Checks, before any work, that something can be made in a folder. */
public final class WritableFolder {
  private WritableFolder() {}

  /**
   * Checks that the folder of a target takes new files, and removes what killed runs with this
   * target left. It tries a file, since permissions tell neither of read-only mounts nor of what
   * root may do.
   *
   * @param target the file or folder that will be made
   * @throws InputException when it takes none
   */
  public static void require(Path target) {
    Path whole = target.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException("Cannot write %s: there is no folder %s.".formatted(target, folder));
    }
    try {
      Workspace.beside(whole).close();
    } catch (IOException e) {
      throw new InputException(
          "Cannot write %s: the folder %s takes no new files.".formatted(target, folder), e);
    }
  }
}
