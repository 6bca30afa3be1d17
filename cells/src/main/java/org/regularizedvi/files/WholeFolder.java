package org.regularizedvi.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.regularizedvi.files.system.Renameat2;
import org.regularizedvi.input.InputException;

/**
 * Writes a folder of files whole or not at all: at any moment the folder is the old one or the new
 * one. Only where a system cannot swap two folders in one step can a killed run leave none; the old
 * folder then lies hidden beside its place, and the next run puts it back.
 */
public final class WholeFolder {
  private static final int ATTEMPTS = 100;

  /** Writes files into an empty folder. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes the files.
     *
     * @param folder an empty folder
     * @throws IOException when they cannot be written
     */
    void write(Path folder) throws IOException;
  }

  /** Swaps what two names stand for in one step; false, and nothing is changed, if it cannot. */
  @FunctionalInterface
  interface Swap {
    boolean swap(Path one, Path other) throws IOException;
  }

  private WholeFolder() {}

  /**
   * Checks before any work that the folder can be made, and puts back a folder as {@link #putBack}
   * does.
   *
   * @param target the place of the folder
   * @throws InputException when it cannot be made
   */
  public static void require(Path target) {
    WritableFolder.require(place(target));
  }

  /**
   * Puts a folder back that a killed run had moved away to replace it.
   *
   * @param target the place of the folder
   * @return whether there was such a folder
   */
  public static boolean putBack(Path target) {
    Path place = place(target);
    if (Files.exists(place) || !Files.isDirectory(place.getParent())) {
      return false;
    }
    try {
      return Workspace.clean(place);
    } catch (IOException e) {
      throw new InputException(
          "Cannot look for what killed runs left of %s: %s".formatted(target, e), e);
    }
  }

  /** {@return where a folder lies, if need be at the end of a link} */
  private static Path place(Path target) {
    Path place = target.toAbsolutePath().normalize();
    try {
      for (int links = 0; links < ATTEMPTS && Files.isSymbolicLink(place); links++) {
        place = place.resolveSibling(Files.readSymbolicLink(place)).normalize();
      }
    } catch (IOException e) {
      throw new InputException("Cannot follow the link %s: %s".formatted(target, e), e);
    }
    return place;
  }

  /**
   * Writes a folder beside its place and puts it there.
   *
   * @param target the place of the folder
   * @param ifExists what becomes of a folder there that holds anything
   * @param writer writes the files
   * @throws IOException when the files cannot be written
   * @throws InputException when there is a folder that may not be replaced
   */
  public static void write(Path target, IfExists ifExists, Writer writer) throws IOException {
    write(target, ifExists, writer, Renameat2::swap);
  }

  static void write(Path target, IfExists ifExists, Writer writer, Swap swap) throws IOException {
    Path place = place(target);
    try (Workspace workspace = Workspace.beside(place)) {
      Path fresh = workspace.resolve(Workspace.NEW);
      Files.createDirectory(fresh);
      writer.write(fresh);
      syncAll(fresh);
      put(workspace, place, ifExists, swap);
      AtomicFile.sync(place.getParent());
    }
  }

  /** Makes sure that all is on the disk; many files at once, which a disk writes in one go. */
  private static void syncAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.toList().parallelStream()
          .forEach(
              one -> {
                try {
                  AtomicFile.sync(one);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Others may write the same folder at the same time: the last one wins. */
  private static void put(Workspace workspace, Path target, IfExists ifExists, Swap swap)
      throws IOException {
    Path fresh = workspace.resolve(Workspace.NEW);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (isFree(target)) {
        if (movedToFree(fresh, target)) {
          return;
        }
      } else if (ifExists == IfExists.REFUSE) {
        throw new InputException(
            "Will not replace the folder %s: another run has written it meanwhile."
                .formatted(target));
      } else {
        Path old = workspace.resolve("%s%03d".formatted(Workspace.OLD, attempt));
        if (swapped(fresh, target, swap) || movedTwice(fresh, target, old)) {
          return;
        }
      }
    }
    throw new IOException("other runs write it all the time");
  }

  /**
   * Tells whether nothing is at a place, or an empty folder.
   *
   * @param target the place
   * @return whether a folder can be put there without loss
   * @throws IOException when it cannot be looked into
   */
  public static boolean isFree(Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
      return !files.iterator().hasNext();
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Returns false when another run was there before. */
  private static boolean movedToFree(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (isFree(target)) {
        throw e;
      }
      return false;
    }
  }

  /** Returns false where the system cannot, or another run has just moved the target away. */
  private static boolean swapped(Path fresh, Path target, Swap swap) throws IOException {
    try {
      return swap.swap(fresh, target);
    } catch (FileSystemException e) {
      if (Files.exists(target)) {
        throw e;
      }
      return false;
    }
  }

  /** Between the two moves there is no target: {@link Workspace#clean} puts the old one back. */
  private static boolean movedTwice(Path fresh, Path target, Path old) throws IOException {
    try {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return false;
    }
    try {
      return movedToFree(fresh, target);
    } catch (IOException e) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
  }
}
