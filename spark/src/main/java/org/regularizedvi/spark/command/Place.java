package org.regularizedvi.spark.command;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.regularizedvi.input.InputException;

/**
 * Is a place on any file system that Spark knows.
 *
 * @param path its whole name
 * @param system the file system
 */
record Place(Path path, FileSystem system) {
  private interface Work<T> {
    T done() throws IOException;
  }

  /**
   * {@return a place by its name}
   *
   * @throws InputException when there is no such file system
   */
  static Place of(SparkSession spark, String name) {
    return of(
        name,
        () -> {
          Path path = new Path(name);
          FileSystem system = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
          return new Place(system.makeQualified(path), system);
        });
  }

  private static <T> T of(Object name, Work<T> work) {
    try {
      return work.done();
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException("Cannot use %s: %s.".formatted(name, e.getMessage()), e);
    }
  }

  String name() {
    return path.getName();
  }

  boolean exists() {
    return of(path, () -> system.exists(path));
  }

  /** Tells whether this is another place, or in it. */
  boolean within(Place other) {
    String own = path.toString();
    String whole = other.path.toString();
    return own.equals(whole) || own.startsWith(whole + "/");
  }

  /** {@return a place of another name in the same folder} */
  Place beside(String name) {
    return new Place(new Path(path.getParent(), name), system);
  }

  /** Moves what is here to a place where nothing is. */
  void moveTo(Place other) {
    if (!of(path, () -> system.rename(path, other.path))) {
      throw new InputException("Cannot move %s to %s.".formatted(path, other.path));
    }
  }

  /** Removes what is here, if anything is. */
  void remove() {
    of(path, () -> system.delete(path, true));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
