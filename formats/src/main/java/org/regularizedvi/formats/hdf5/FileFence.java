package org.regularizedvi.formats.hdf5;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.regularizedvi.input.InputException;

/**
 * Keeps damaged files from ending the program: libhdf5 crashes on about one damaged file in 200, so
 * a file from outside is first walked through by a process of its own ({@link FileWalk}).
 */
public final class FileFence {
  private static final int LEAST_SECONDS = 30;
  private static final long BYTES_A_SECOND = 10L << 20;

  /** The exit code of the JVM when native code has crashed and no core is to be dumped. */
  private static final int CRASHED = 1;

  /** Exit codes from here on tell of a signal from outside. */
  private static final int SIGNALS = 128;

  /** The exit code of the JVM where it is told to exit when memory runs out. */
  private static final int OUT_OF_MEMORY = 3;

  /** Files that were looked through or written here, as they were then. */
  private static final Set<Seen> SEEN = ConcurrentHashMap.newKeySet();

  private record Seen(Path path, long bytes, FileTime changed) {
    static Seen of(Path file) throws IOException {
      return new Seen(file.toRealPath(), Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  private FileFence() {}

  /**
   * Lets a file pass that a process can walk through; once, while it stays as it is.
   *
   * @param file the place of the file
   * @throws InputException when there is none, it is not HDF5, or it crashes or stalls whoever
   *     reads it
   */
  public static void require(Path file) {
    FileIds.check(file);
    Hdf5Library.load();
    try {
      Seen seen = Seen.of(file);
      if (SEEN.contains(seen)) {
        return;
      }
      long seconds = LEAST_SECONDS + Files.size(file) / BYTES_A_SECOND;
      Process walker = start(file);
      try {
        if (!walker.waitFor(seconds, TimeUnit.SECONDS)) {
          throw new InputException(
              "%s seems damaged: a process that looked through it was not done in %d seconds; expected a whole HDF5 file (download or write it again, or where this machine is slow or busy give --trust-input, which does without)."
                  .formatted(file, seconds));
        }
      } finally {
        walker.destroyForcibly();
      }
      requireWell(walker.exitValue(), file);
      SEEN.add(seen);
    } catch (IOException e) {
      throw new InputException(
          "Cannot start a process to look through %s: %s (--trust-input does without)."
              .formatted(file, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("Interrupted while looking through %s.".formatted(file), e);
    }
  }

  /** Lets a file pass that this process has written from its beginning to its end. */
  static void written(Path file) {
    try {
      SEEN.add(Seen.of(file));
    } catch (IOException gone) {
      return; // If it comes back it is looked through as any other.
    }
  }

  private static void requireWell(int exitCode, Path file) {
    if (exitCode == CRASHED) {
      throw damaged(file);
    }
    if (exitCode >= SIGNALS) {
      throw new InputException(
          "The process that looks through %s was ended by signal %d from outside; expected it to be left alone (--trust-input does without)."
              .formatted(file, exitCode - SIGNALS));
    }
    if (exitCode == OUT_OF_MEMORY) {
      throw new InputException(
          "%s holds more text than the %,d MB of memory that Java may use; allow more with the environment variable JAVA_OPTS, for example JAVA_OPTS=-Xmx16g."
              .formatted(file, Runtime.getRuntime().maxMemory() >> 20));
    }
    if (exitCode != 0) {
      throw new IllegalStateException(
          "The process that looks through %s ended with exit code %d".formatted(file, exitCode));
    }
  }

  private static InputException damaged(Path file) {
    return new InputException(
        "%s is damaged: a process that looked through it crashed; expected a whole HDF5 file (download or write it again)."
            .formatted(file));
  }

  /** Starts a process in which freed memory is overwritten, so that a use of it shows at once. */
  private static Process start(Path file) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + Runtime.getRuntime().maxMemory(),
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED"));
    String library = System.getProperty(Hdf5Library.LIBRARY.property(), "");
    if (!library.isEmpty()) {
      command.add("-D%s=%s".formatted(Hdf5Library.LIBRARY.property(), library));
    }
    command.addAll(List.of("-cp", classPath(), FileWalk.class.getName(), file.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("MALLOC_PERTURB_", "165");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  /**
   * {@return this program's jars, and first the one with the walker, which a loader may have added}
   */
  private static String classPath() {
    try {
      URI own = FileWalk.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(own) + File.pathSeparator + System.getProperty("java.class.path");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class without a place", e);
    }
  }
}
