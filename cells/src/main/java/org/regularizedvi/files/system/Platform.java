package org.regularizedvi.files.system;

import java.util.Locale;

/**
 * Names an operating system and a processor as jars of native libraries do.
 *
 * @param system {@code linux}, {@code macosx} or {@code windows}
 * @param processor its instruction set, such as {@code x86_64} or {@code arm64}
 */
public record Platform(String system, String processor) {
  /** {@return the platform that this program runs on} */
  public static Platform here() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** {@return the platform that Java calls so} */
  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "windows" : os.contains("mac") ? "macosx" : "linux";
    String processor =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "arm64";
          case String other -> other;
        };
    return new Platform(system, processor);
  }

  @Override
  public String toString() {
    return system + "-" + processor;
  }
}
