package org.regularizedvi.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/** Looks before any work whether a disk has room for what will be written. */
public final class DiskRoom {
  private static final int MB_SHIFT = 20;

  private DiskRoom() {}

  /**
   * Refuses what there is no room for.
   *
   * @param folder where it will be written; the folder exists
   * @param bytes how many there will be
   * @param what will be written, in several words that begin a sentence, such as "The counts"
   * @throws InputException when the disk of the folder has fewer bytes left
   * @throws IOException when nobody can tell
   */
  public static void require(Path folder, long bytes, String what) throws IOException {
    require(folder, bytes, what, "");
  }

  /**
   * Refuses what there is no room for.
   *
   * @param folder where it will be written; the folder exists
   * @param bytes how many there will be
   * @param what will be written, in several words that begin a sentence, such as "The counts"
   * @param advice what a user can do, in a clause; empty for none
   * @throws InputException when the disk of the folder has fewer bytes left
   * @throws IOException when nobody can tell
   */
  public static void require(Path folder, long bytes, String what, String advice)
      throws IOException {
    long room = Files.getFileStore(folder).getUsableSpace();
    if (room < bytes) {
      throw new InputException(
          "%s need some %,d MB in the folder %s, which has room for %,d MB%s."
              .formatted(
                  what,
                  bytes >> MB_SHIFT,
                  folder,
                  room >> MB_SHIFT,
                  advice.isEmpty() ? "" : "; " + advice));
    }
  }
}
