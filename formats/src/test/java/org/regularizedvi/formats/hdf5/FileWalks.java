package org.regularizedvi.formats.hdf5;

import java.nio.file.Path;

/** Lets tests of other packages walk through files in their own process. */
public final class FileWalks {
  private FileWalks() {}

  public static void walk(Path file) {
    FileWalk.walk(file);
  }
}
