package org.regularizedvi.formats.hdf5;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.regularizedvi.input.InputException;

/**
 * Finds libhdf5: the file named by the system property {@value #PROPERTY}, or the one packed with
 * the program, which is laid once into the user's cache folder.
 */
final class NativeLibrary {
  static final String PROPERTY = "regularizedvi.hdf5.library";

  private static Path located;

  private NativeLibrary() {}

  /** {@return the library's file, which the first call unpacks} */
  static synchronized Path locate() {
    if (located == null) {
      String given = System.getProperty(PROPERTY, "");
      located = given.isEmpty() ? unpack(packed(platform())) : chosen(Path.of(given));
    }
    return located;
  }

  static Path chosen(Path given) {
    if (!Files.isRegularFile(given)) {
      throw new InputException(
          "The system property %s names %s: expected a libhdf5 file, found none there."
              .formatted(PROPERTY, given));
    }
    return given.toAbsolutePath();
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String cpu = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "windows" : os.contains("mac") ? "macosx" : "linux";
    return system + "-" + (cpu.equals("amd64") ? "x86_64" : cpu);
  }

  private static String file(String platform) {
    return switch (platform.substring(0, platform.indexOf('-'))) {
      case "windows" -> "hdf5.dll";
      case "macosx" -> "libhdf5.310.dylib";
      default -> "libhdf5.so.310";
    };
  }

  /**
   * Reads the library that comes with the program.
   *
   * @throws InputException when none comes for this platform
   */
  static byte[] packed(String platform) {
    String resource = "org/bytedeco/hdf5/%s/%s".formatted(platform, file(platform));
    try (InputStream in = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new InputException(
            "No libhdf5 for %s comes with this program; name one (1.14 or later) with -D%s=<file>."
                .formatted(platform, PROPERTY));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InputException("Cannot read libhdf5 from the program's own jar: " + e, e);
    }
  }

  private static Path unpack(byte[] content) {
    String file = file(platform());
    try {
      return place(cache().resolve("hdf5-" + digest(content)), file, content);
    } catch (IOException unwritableHome) {
      try {
        return place(Files.createTempDirectory("regularizedvi-hdf5-"), file, content);
      } catch (IOException e) {
        e.addSuppressed(unwritableHome);
        throw new InputException(
            "Cannot unpack libhdf5 into %s nor into the temporary folder: %s".formatted(cache(), e),
            e);
      }
    }
  }

  /** Two processes may do this at once: each moves its own complete file into place. */
  static Path place(Path folder, String file, byte[] content) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(file);
    if (Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), content)) {
      return target;
    }
    Path own = Files.createTempFile(folder, file, ".part");
    try {
      Files.write(own, content);
      Files.move(own, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(own);
    }
    return target;
  }

  private static Path cache() {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return base.resolve("regularizedvi");
  }

  private static String digest(byte[] content) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(sum, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
