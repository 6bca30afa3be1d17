package org.regularizedvi.spark.executor;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

/** Finds what Spark has sent to this process with {@code --archives} or {@code --files}. */
final class SentFiles {
  private SentFiles() {}

  /**
   * {@return a path as it is where something is there, else the same among what was sent, else as
   * it is}
   */
  static Path find(Path path) {
    if (path.isAbsolute() || Files.exists(path) || SparkEnv.get() == null) {
      return path;
    }
    Path sent = Path.of(SparkFiles.getRootDirectory()).resolve(path);
    return Files.exists(sent) ? sent : path;
  }
}
