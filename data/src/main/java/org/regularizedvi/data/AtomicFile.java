package org.regularizedvi.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a file all or nothing: beside its place under a temporary name, then moved there in one
 * step.
 */
final class AtomicFile {
  private static final long SLACK = 1 << 20;

  private AtomicFile() {}

  /**
   * Writes a file.
   *
   * @param overwrite whether a file that is there may be replaced
   * @param write writes the file that it is given, which does not exist before
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced
   */
  static void write(Path target, boolean overwrite, Consumer<Path> write) {
    check(target, overwrite);
    Path temporary = temporary(target, ProcessHandle.current().pid());
    try {
      removeStale(target);
      Files.deleteIfExists(temporary);
      try {
        write.accept(temporary);
        sync(temporary, StandardOpenOption.WRITE);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      if (!System.getProperty("os.name").startsWith("Windows")) {
        sync(folder(target), StandardOpenOption.READ);
      }
    } catch (IOException e) {
      throw new InputException("Cannot write %s: %s".formatted(target, e), e);
    }
  }

  /**
   * Checks that a file may be written at this place.
   *
   * @throws InputException when it may not
   */
  static void check(Path target, boolean overwrite) {
    WritableFolder.require(target);
    if (Files.isDirectory(target)) {
      throw new InputException("Cannot write %s: it is a folder.".formatted(target));
    }
    if (!overwrite && Files.exists(target)) {
      throw new InputException(
          "Will not write %s: it exists; choose another name, or overwrite it (--overwrite)."
              .formatted(target));
    }
  }

  /**
   * Lengthens a file by zeros, so that a full disk shows here: libhdf5 cannot be trusted to survive
   * one. It cuts off what it does not use.
   *
   * @throws InputException when there is no room
   */
  static void reserve(Path file, long bytes) {
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
              .formatted((bytes + SLACK) >> 20, folder(file), e.getMessage()),
          e);
    }
  }

  static Path temporary(Path target, long pid) {
    return target.resolveSibling(".%s.%d.tmp".formatted(target.getFileName(), pid));
  }

  private static void removeStale(Path target) throws IOException {
    Pattern name =
        Pattern.compile("\\." + Pattern.quote(target.getFileName().toString()) + "\\.(\\d+)\\.tmp");
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder(target))) {
      for (Path sibling : siblings) {
        Matcher matcher = name.matcher(sibling.getFileName().toString());
        if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
          Files.deleteIfExists(sibling);
        }
      }
    }
  }

  private static Path folder(Path target) {
    return target.toAbsolutePath().getParent();
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
