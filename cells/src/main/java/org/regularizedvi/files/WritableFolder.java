package org.regularizedvi.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/** Checks, before any work, that something can be made in a folder. */
public final class WritableFolder {
  private WritableFolder() {}

  /**
   * Checks that the folder of a target takes new files, and removes what killed runs with this
   * target left. A folder that does not exist yet is made when something is written into it, so the
   * nearest one above it that exists must take new folders. It tries a file, since permissions tell
   * neither of read-only mounts nor of what root may do.
   *
   * @param target the file or folder that will be made
   * @throws InputException when it takes none, or a part of the path to it is a file
   */
  public static void require(Path target) {
    Path made = target.toAbsolutePath().normalize();
    Path folder = made.getParent();
    while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      made = folder;
      folder = made.getParent();
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException("Cannot write %s: %s is not a folder.".formatted(target, folder));
    }
    try {
      Workspace.beside(made).close();
    } catch (IOException e) {
      throw new InputException(
          "Cannot write %s: the folder %s takes no new files.".formatted(target, folder), e);
    }
  }
}
