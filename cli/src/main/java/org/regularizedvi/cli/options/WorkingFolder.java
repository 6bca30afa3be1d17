package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Is the folder that relative paths on a command line start from. */
public final class WorkingFolder {
  private static final ScopedValue<Path> FOLDER = ScopedValue.newInstance();

  private WorkingFolder() {}

  /**
   * {@return what is made of a command line that was given in another process, whose working folder
   * was another}
   *
   * @param <T> what is made
   * @param folder the working folder of that process
   * @param parsing reads the command line
   */
  public static <T> T of(Path folder, Supplier<T> parsing) {
    return ScopedValue.where(FOLDER, folder).call(parsing::get);
  }

  /**
   * {@return a path as the command line means it}
   *
   * @param text the path
   */
  public static Path path(String text) {
    Path path = Path.of(text);
    return FOLDER.isBound() ? FOLDER.get().resolve(path) : path;
  }
}
