package org.regularizedvi.formats.hdf5;

import java.util.List;
import org.regularizedvi.files.system.NativeLibrary;
import org.regularizedvi.files.system.Platform;

/** Says where libhdf5 comes from. */
final class Hdf5Library {
  static final NativeLibrary LIBRARY = of(Platform.here());

  private Hdf5Library() {}

  /** {@return libhdf5 as it is packed for a platform} */
  static NativeLibrary of(Platform platform) {
    String file =
        switch (platform.system()) {
          case "windows" -> "hdf5.dll";
          case "macosx" -> "libhdf5.310.dylib";
          default -> "libhdf5.so.310";
        };
    return new NativeLibrary(
        "libhdf5",
        "1.14 or later",
        "regularizedvi.hdf5.library",
        platform,
        List.of("org/bytedeco/hdf5/%s/%s".formatted(platform, file)));
  }
}
