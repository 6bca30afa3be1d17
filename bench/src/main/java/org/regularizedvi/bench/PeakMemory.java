package org.regularizedvi.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the largest resident memory that this process has had, as Linux tells it. */
final class PeakMemory {
  private PeakMemory() {}

  /** {@return the largest resident memory in units of 1e9 bytes; the system's kB are 1,024} */
  static double gigabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e9)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
