package org.regularizedvi.files.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regularizedvi.input.InputException;

/**
 * Finds a native library: the file that a system property names, the one on the class path, or one
 * that is installed. In a folder of the class path it is used where it lies; out of a jar it is
 * laid once into the user's cache folder, beside what it needs.
 */
public final class NativeLibrary {
  private final String name;
  private final String versions;
  private final String property;
  private final Platform platform;
  private final List<String> resources;
  private final Installed installed;
  private List<Path> located = List.of();

  /**
   * Describes a library.
   *
   * @param name what messages call it, and the beginning of its folder's name
   * @param versions those that fit, as the message says that asks for one
   * @param property the system property that may name its file
   * @param platform what the packed one is made for
   * @param resources files on the class path, in jars or in folders, each after those that it
   *     needs, the library itself last
   * @param installed how systems have it, which is asked where the class path lacks it
   */
  public NativeLibrary(
      String name,
      String versions,
      String property,
      Platform platform,
      List<String> resources,
      Installed installed) {
    this.name = name;
    this.versions = versions;
    this.property = property;
    this.platform = platform;
    this.resources = List.copyOf(resources);
    this.installed = installed;
  }

  /** {@return the system property that may name the library's file} */
  public String property() {
    return property;
  }

  /** {@return whether a file is named, or all files are on the class path} */
  public boolean isThere() {
    return !given().isEmpty() || resources.stream().allMatch(file -> url(file).isPresent());
  }

  /**
   * {@return the library's file, which the first call unpacks where it lies in a jar}
   *
   * @throws InputException when there is none, or it cannot be unpacked
   */
  public Path locate() {
    return files().getLast();
  }

  /**
   * {@return the library's functions; it stays loaded}
   *
   * @throws InputException when it cannot be found, unpacked or loaded
   */
  @SuppressWarnings("restricted") // a native library by design
  public SymbolLookup load() {
    SymbolLookup library = SymbolLookup.loaderLookup();
    for (Path file : files()) {
      try {
        library = SymbolLookup.libraryLookup(file, Arena.global());
      } catch (IllegalArgumentException e) {
        throw new InputException(
            "Cannot load %s from %s: it is damaged, or the system has none of a library that it needs."
                .formatted(name, file),
            e);
      }
    }
    return library;
  }

  private synchronized List<Path> files() {
    if (located.isEmpty()) {
      String given = given();
      located = given.isEmpty() ? shipped() : List.of(chosen(Path.of(given)));
    }
    return located;
  }

  private String given() {
    return System.getProperty(property, "");
  }

  private Path chosen(Path given) {
    if (!Files.isRegularFile(given)) {
      throw new InputException(
          "The system property %s names %s: expected a %s file, found none there."
              .formatted(property, given, name));
    }
    return given.toAbsolutePath();
  }

  private static Optional<URL> url(String resource) {
    return Optional.ofNullable(NativeLibrary.class.getClassLoader().getResource(resource));
  }

  private List<Path> shipped() {
    List<URL> places = resources.stream().flatMap(file -> url(file).stream()).toList();
    if (places.size() < resources.size()) {
      return List.of(installed.find().orElseThrow(this::missing));
    }
    try {
      return places.stream().allMatch(place -> place.getProtocol().equals("file"))
          ? places.stream().map(place -> Path.of(URI.create(place.toString()))).toList()
          : unpack(places);
    } catch (IOException e) {
      throw new InputException(
          "Cannot read %s from the program's own jar: %s".formatted(name, e), e);
    }
  }

  private InputException missing() {
    return new InputException(
        "No %s for %s comes with this program%s name one (%s) with -D%s=<file> in the environment variable JAVA_OPTS."
            .formatted(name, platform, installed.missing(), versions, property));
  }

  private List<Path> unpack(List<URL> places) throws IOException {
    List<PackedFile> packed = new ArrayList<>();
    for (URL place : places) {
      packed.add(PackedFile.at(place));
    }
    String folder =
        packed.stream()
            .map(file -> "%08x".formatted(file.crc()))
            .collect(Collectors.joining("-", name + "-", ""));
    try {
      return layInto(cache().resolve(folder), packed);
    } catch (IOException unwritableHome) {
      try {
        return layInto(Files.createTempDirectory("regularizedvi-" + name + "-"), packed);
      } catch (IOException e) {
        e.addSuppressed(unwritableHome);
        throw new InputException(
            "Cannot unpack %s into %s nor into the temporary folder: %s"
                .formatted(name, cache(), e),
            e);
      }
    }
  }

  private static List<Path> layInto(Path folder, List<PackedFile> packed) throws IOException {
    List<Path> files = new ArrayList<>();
    for (PackedFile file : packed) {
      files.add(file.layInto(folder));
    }
    return files;
  }

  private static Path cache() {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return base.resolve("regularizedvi");
  }
}
