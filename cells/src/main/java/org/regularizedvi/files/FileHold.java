package org.regularizedvi.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Is a lock file that one run at a time holds, of this process or of any other. The system gives
 * the lock up when the process ends, however that ends.
 */
public final class FileHold implements AutoCloseable {
  /**
   * Says how a file is locked: null when another process has it, an error where there are no locks.
   */
  @FunctionalInterface
  interface Locks {
    FileLock tryLock(FileChannel channel) throws IOException;
  }

  // Not to be opened again in this process: closing any opened copy gives the system's lock up.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final boolean seen;

  private FileHold(Path file, FileChannel channel, boolean seen) {
    this.file = file;
    this.channel = channel;
    this.seen = seen;
  }

  /**
   * Takes a file, which it makes if need be.
   *
   * @param file the lock file
   * @return the hold; empty when another run holds the file
   * @throws IOException when the file cannot be made
   */
  public static Optional<FileHold> make(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return take(file); // left by a run that ended, or held
    }
    return take(file);
  }

  /**
   * Takes a file.
   *
   * @return empty when another run holds it, or there is no such file
   */
  static Optional<FileHold> take(Path file) throws IOException {
    return take(file, FileChannel::tryLock);
  }

  static Optional<FileHold> take(Path file, Locks locks) throws IOException {
    Path own = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    if (!OURS.add(own)) {
      return Optional.empty();
    }
    Optional<FileHold> taken = Optional.empty();
    try {
      taken = open(own, locks);
      return taken;
    } finally {
      if (taken.isEmpty()) {
        OURS.remove(own);
      }
    }
  }

  private static Optional<FileHold> open(Path file, Locks locks) throws IOException {
    Optional<Object> before = identity(file);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    boolean held = false;
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      boolean seen = true;
      try {
        held = locks.tryLock(channel) != null;
      } catch (OverlappingFileLockException e) {
        held = false; // another copy of this class in this process has it
      } catch (IOException e) {
        // A file system without locks, as some of clusters: better to write there than not to.
        held = true;
        seen = false;
      }
      // Who held it may have removed it meanwhile, and another may have made a new one.
      held &= identity(file).equals(before);
      return held ? Optional.of(new FileHold(file, channel, seen)) : Optional.empty();
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  /**
   * {@return the mark that tells a file from another one of the same name; empty when there is no
   * file}
   */
  private static Optional<Object> identity(Path file) throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? file : key);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** {@return whether other processes see it; they do not where the file system has no locks} */
  boolean seen() {
    return seen;
  }

  /** Gives the file free and leaves it. */
  void leave() throws IOException {
    channel.close();
    OURS.remove(file);
  }

  /** Removes the file and gives it free. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      leave();
    }
  }
}
