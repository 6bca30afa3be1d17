package org.regularizedvi.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.regularizedvi.files.system.Renameat2;
import org.regularizedvi.input.InputException;

/**
 * Writes a file whole or not at all: first in a {@link Workspace} beside its place, from where it
 * is moved there in one step.
 */
public final class AtomicFile {
  private static final long SLACK = 1 << 20;

  private AtomicFile() {}

  /**
   * Writes a file.
   *
   * @param target the place of the file
   * @param ifExists what becomes of a file that is there already
   * @param write writes the file that it is given, which does not exist before
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced, even one that another run has written meanwhile
   */
  public static void write(Path target, IfExists ifExists, Consumer<Path> write) {
    check(target, ifExists);
    try (Workspace workspace = Workspace.beside(target)) {
      Path fresh = workspace.resolve(Workspace.NEW);
      write.accept(fresh);
      sync(fresh);
      put(fresh, target, ifExists);
      sync(folder(target));
    } catch (IOException e) {
      throw new InputException("Cannot write %s: %s".formatted(target, e), e);
    }
  }

  private static void put(Path fresh, Path target, IfExists ifExists) throws IOException {
    try {
      if (ifExists == IfExists.REFUSE && Renameat2.moveToFree(fresh, target)) {
        return;
      }
    } catch (FileAlreadyExistsException e) {
      throw new InputException(
          "Will not replace %s: another run has written it meanwhile.".formatted(target), e);
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Checks that a file may be written at this place.
   *
   * @param target the place of the file
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when it may not
   */
  public static void check(Path target, IfExists ifExists) {
    WritableFolder.require(target);
    if (Files.isDirectory(target)) {
      throw new InputException("Cannot write %s: it is a folder.".formatted(target));
    }
    if (ifExists == IfExists.REFUSE && Files.exists(target)) {
      throw new InputException(
          "Will not write %s: it exists; choose another name, or overwrite it (--overwrite)."
              .formatted(target));
    }
  }

  /**
   * Lengthens a file by zeros, so that a full disk shows here, since libhdf5 may not survive one.
   * libhdf5 cuts off what it does not use.
   *
   * @param file the file as {@link #write} gives it, in a folder beside the target
   * @param bytes by how much to lengthen it
   * @throws InputException when there is no room
   */
  public static void reserve(Path file, long bytes) {
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      for (long left = bytes + SLACK; left > 0; ) {
        zeros.clear().limit((int) Math.min(left, zeros.capacity()));
        left -= channel.write(zeros);
      }
    } catch (IOException e) {
      throw new InputException(
          "There is no room for %,d MB in the folder %s: %s"
              .formatted((bytes + SLACK) >> 20, folder(folder(file)), e.getMessage()),
          e);
    }
  }

  private static Path folder(Path target) {
    return target.toAbsolutePath().getParent();
  }

  /** Makes sure that a file, or what a folder lists, is on the disk. */
  static void sync(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && System.getProperty("os.name").startsWith("Windows")) {
      return; // it does not open folders
    }
    try (FileChannel channel =
        FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
