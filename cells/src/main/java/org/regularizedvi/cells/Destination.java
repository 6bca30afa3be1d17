package org.regularizedvi.cells;

import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/**
 * Says where a copy of cells goes.
 *
 * @param path a file, or a folder
 * @param each whether it is a folder, in which each file that was read gets a copy of its own
 */
public record Destination(Path path, boolean each) {
  /**
   * {@return one file for all cells}
   *
   * @param file its place
   */
  public static Destination file(Path file) {
    return new Destination(file, false);
  }

  /**
   * {@return a folder with a file for each that was read}
   *
   * @param folder its place
   */
  public static Destination folder(Path folder) {
    return new Destination(folder, true);
  }

  /**
   * {@return the file for cells that come from one}
   *
   * @param input the file that they come from
   * @throws InputException when this is a folder
   */
  public Path ofOnly(Path input) {
    if (each) {
      throw new InputException(
          "The folder %s is for copies of several inputs, but %s is the only one; expected the name of a file for its copy (--out)."
              .formatted(path, input));
    }
    return path;
  }
}
