package org.regularizedvi.gpu.driver;

import java.util.Optional;

/**
 * Says what a card is.
 *
 * @param name the maker's
 * @param driverVersion the newest CUDA that the driver knows: 12010 is 12.1
 * @param major of its compute capability: 8 is Ampere
 * @param minor of its compute capability
 * @param bytes of its memory
 */
public record DeviceFacts(String name, int driverVersion, int major, int minor, long bytes) {
  private static final int OLDEST_VERSION = 12010;
  private static final int OLDEST_MAJOR = 8;

  /** {@return the card and its driver in words} */
  public String words() {
    return "%s, driver for CUDA %s".formatted(name, cuda());
  }

  private String cuda() {
    return "%d.%d".formatted(driverVersion / 1000, driverVersion % 1000 / 10);
  }

  /** {@return what it lacks to run the kernels, as the end of a sentence; empty for nothing} */
  public Optional<String> lack() {
    if (major < OLDEST_MAJOR) {
      return Optional.of(
          "the card, %s, has compute capability %d.%d, but 8.0 is needed (Ampere or later)"
              .formatted(name, major, minor));
    }
    if (driverVersion < OLDEST_VERSION) {
      return Optional.of(
          "the NVIDIA driver knows CUDA up to %s, but 12.1 is needed (driver 530 or later)"
              .formatted(cuda()));
    }
    return Optional.empty();
  }
}
