package org.regularizedvi.formats.hdf5;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.input.InputException;

/**
 * Touches all of a file that libhdf5 has to understand: groups, attributes, types, text, indices of
 * chunks. Numbers themselves are left in their chunks: see docs/reliability.md for what that risks.
 *
 * <p>Run on a damaged file it may end the process, which is what it is for: see {@link FileFence}.
 */
final class FileWalk {
  private final H5File file;
  private final Set<Long> seen = new HashSet<>();

  private FileWalk(H5File file) {
    this.file = file;
  }

  /** The exit code of a bug of ours; the JVM exits with 1 where native code has crashed. */
  static final int BUG = 4;

  /** Walks through the file that it is given and exits with 0. */
  public static void main(String[] arguments) {
    Thread watch = new Thread(FileWalk::endWithParent, "parent");
    watch.setDaemon(true);
    watch.start();
    try {
      walk(Path.of(arguments[0]));
    } catch (RuntimeException e) {
      e.printStackTrace();
      System.exit(BUG);
    }
  }

  /** Ends this process, whatever native code is doing, when the one that started it has ended. */
  private static void endWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(BUG);
  }

  static void walk(Path path) {
    readable(
        () -> {
          try (H5File file = H5File.open(path)) {
            new FileWalk(file).object("/");
          }
        });
  }

  /** Links may lead in circles. */
  private void object(String path) {
    readable(
        () -> {
          if (seen.add(file.address(path))) {
            readable(() -> file.attributes(path).forEach(name -> attribute(path, name)));
            switch (file.kind(path)) {
              case GROUP -> file.children(path).forEach(name -> object(path + "/" + name));
              case ARRAY -> dataset(path);
              case NULL, MISSING, OTHER -> {}
            }
          }
        });
  }

  private void attribute(String path, String name) {
    readable(() -> file.attributeTexts(path, name));
    readable(() -> file.attributeNumbers(path, name));
  }

  private void dataset(String path) {
    try (H5Dataset dataset = file.array(path)) {
      readable(dataset::requireWhole);
      readable(() -> dataset.fields().forEach(name -> field(dataset, name)));
      if (dataset.type().kind() == ElementType.Kind.TEXT) {
        readable(dataset::strings);
      }
    }
  }

  private static void field(H5Dataset dataset, String name) {
    readable(
        () -> {
          H5Field field = dataset.field(name);
          if (field.type().kind() == ElementType.Kind.TEXT) {
            field.strings();
          }
        });
  }

  /** Lets what cannot be read pass: the program will meet it again if it needs it. */
  private static void readable(Runnable part) {
    try {
      part.run();
    } catch (InputException unreadable) {
      return;
    }
  }
}
