package org.regularizedvi.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Is a hidden folder beside a target in which the target is made. It has a name of its own, whoever
 * else writes the same target, and a lock file held while it is in use: one that nobody holds was
 * left by a run that was killed, and the next run with the same target removes it.
 */
final class Workspace implements AutoCloseable {
  /** Name of what is to become the target. */
  static final String NEW = "new";

  /** How names begin of what was the target and is being replaced. */
  static final String OLD = "old";

  private static final String LOCK = "lock";
  private static final int ATTEMPTS = 100;

  private final Path folder;
  private final FileHold hold;

  private Workspace(Path folder, FileHold hold) {
    this.folder = folder;
    this.hold = hold;
  }

  /**
   * Makes an empty one, after removing what killed runs left beside the same target.
   *
   * @param target what is to be made; its folder is made if it is missing
   */
  static Workspace beside(Path target) throws IOException {
    makeFolder(target.toAbsolutePath().getParent());
    clean(target);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path folder = named(target, ThreadLocalRandom.current().nextInt());
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        continue; // another's name
      }
      try {
        Optional<FileHold> hold = FileHold.make(folder.resolve(LOCK));
        if (hold.isPresent()) {
          return new Workspace(folder, hold.get());
        }
      } catch (NoSuchFileException e) {
        continue; // another run took it for a leftover before it was held
      } catch (IOException e) {
        Files.deleteIfExists(folder);
        throw e;
      }
    }
    throw new IOException("no hidden folder can be made beside " + target);
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) { // a link to one is one, which the next call would refuse
      Files.createDirectories(folder);
    }
  }

  static Path named(Path target, int number) {
    return target
        .toAbsolutePath()
        .resolveSibling(".%s.%08x.tmp".formatted(target.getFileName(), number));
  }

  /** {@return a place in it} */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  /**
   * Removes what killed runs left beside a target. A target that one of them had moved away and not
   * yet replaced is put back.
   *
   * @return whether it was put back
   */
  static boolean clean(Path target) throws IOException {
    Pattern name =
        Pattern.compile("\\.%s\\.[0-9a-f]{8}\\.tmp".formatted(Pattern.quote(name(target))));
    boolean putBack = false;
    try (DirectoryStream<Path> siblings =
        Files.newDirectoryStream(
            target.toAbsolutePath().getParent(),
            path -> name.matcher(name(path)).matches() && isFolder(path))) {
      for (Path sibling : siblings) {
        try {
          putBack |= cleanOne(sibling, target);
        } catch (AccessDeniedException | NoSuchFileException e) {
          continue; // another user's, who may remove it, or just removed by its own run
        }
      }
    }
    return putBack;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean cleanOne(Path folder, Path target) throws IOException {
    Optional<FileHold> hold = FileHold.take(folder.resolve(LOCK));
    if (hold.isEmpty()) {
      if (!Files.exists(folder.resolve(LOCK))) {
        removeEmpty(folder);
      }
      return false;
    }
    if (!hold.get().seen()) {
      hold.get().leave(); // nobody can tell whether it is in use
      return false;
    }
    try (Workspace left = new Workspace(folder, hold.get())) {
      return left.putBack(target);
    }
  }

  /** A run was killed before it made its lock file, or after it removed it. */
  private static void removeEmpty(Path folder) throws IOException {
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // its lock file has just been made
    }
  }

  private boolean putBack(Path target) throws IOException {
    List<Path> old = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, OLD + "*")) {
      found.forEach(old::add);
    }
    if (old.isEmpty() || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    old.sort(null);
    Files.move(old.getLast(), target, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /**
   * Removes it and all that is in it, the lock last: a kill in between leaves it to the next run.
   */
  @Override
  public void close() throws IOException {
    try (FileHold _ = hold) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(folder, path -> !name(path).equals(LOCK))) {
        for (Path file : files) {
          delete(file);
        }
      }
    }
    Files.deleteIfExists(folder);
  }

  private static void delete(Path path) throws IOException {
    if (isFolder(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          delete(file);
        }
      }
    }
    Files.delete(path);
  }
}
