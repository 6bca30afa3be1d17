package org.regularizedvi.files.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a library among those that are installed on the system.
 *
 * @param names of its file, the first choice first; none where the library always comes with the
 *     program
 * @param folders where libraries lie
 * @param advice how to install it
 */
public record Installed(List<String> names, List<Path> folders, String advice) {
  /** Is never installed. */
  public static final Installed NOWHERE = new Installed(List.of(), List.of(), "");

  /** Copies the lists. */
  public Installed {
    names = List.copyOf(names);
    folders = List.copyOf(folders);
  }

  /**
   * {@return the folders of libraries: those of modules of clusters, of the active conda
   * environment, and of the system's package managers}
   *
   * @param platform the system
   * @param environment variables of the environment
   */
  public static List<Path> folders(Platform platform, Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    Stream.of(environment.getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .forEach(folders::add);
    String conda = environment.getOrDefault("CONDA_PREFIX", "");
    if (!conda.isEmpty()) {
      folders.add(Path.of(conda, platform.system().equals("windows") ? "Library/bin" : "lib"));
    }
    String processor = platform.processor().equals("arm64") ? "aarch64" : platform.processor();
    List<String> usual =
        switch (platform.system()) {
          case "macosx" -> List.of("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib");
          case "linux" ->
              List.of(
                  "/usr/local/lib",
                  "/usr/lib/" + processor + "-linux-gnu",
                  "/usr/lib64",
                  "/usr/lib");
          default -> List.of();
        };
    usual.stream().map(Path::of).forEach(folders::add);
    return folders;
  }

  /** {@return the library's file} */
  Optional<Path> find() {
    return folders.stream()
        .flatMap(folder -> names.stream().map(folder::resolve))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** {@return how a sentence about a missing library goes on, up to what else one may do} */
  String missing() {
    return names.isEmpty()
        ? ";"
        : ", and none is installed (%s in %s): %s, or"
            .formatted(
                String.join(", ", names),
                String.join(", ", folders.stream().map(Path::toString).toList()),
                advice);
  }
}
