package org.regularizedvi.spark.executor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what YARN has laid into the working folder of each process ({@code --archives}). */
final class SentFiles {
  private SentFiles() {}

  /**
   * {@return a path as it is where something is there; else what has its name in the working
   * folder; else as it is}
   *
   * @param path as the driver sees it, in its own working folder
   */
  static Path find(Path path) {
    Path sent = path.getFileName();
    return Files.exists(path) || !Files.exists(sent) ? path : sent;
  }
}
