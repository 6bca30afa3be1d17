package org.regularizedvi.formats.hdf5;

import java.lang.foreign.SymbolLookup;
import java.util.List;
import org.regularizedvi.files.system.Installed;
import org.regularizedvi.files.system.NativeLibrary;
import org.regularizedvi.files.system.Platform;
import org.regularizedvi.input.InputException;

/** Says where libhdf5 comes from. */
final class Hdf5Library {
  static final NativeLibrary LIBRARY = of(Platform.here());

  /** Has come with 1.14, the oldest version that fits. */
  private static final String NEWEST_FUNCTION = "H5Dchunk_iter";

  private Hdf5Library() {}

  /**
   * {@return libhdf5 as it is packed for a platform, or else installed: jars exist for Linux and
   * macOS on x86-64 alone}
   */
  static NativeLibrary of(Platform platform) {
    // 310 is the number of 1.14's interface, 320 that of 2.0's.
    List<String> names =
        switch (platform.system()) {
          case "windows" -> List.of("hdf5.dll");
          case "macosx" -> List.of("libhdf5.310.dylib", "libhdf5.320.dylib", "libhdf5.dylib");
          default -> List.of("libhdf5.so.310", "libhdf5_serial.so.310", "libhdf5.so.320");
        };
    return new NativeLibrary(
        "libhdf5",
        "1.14 or later",
        "regularizedvi.hdf5.library",
        platform,
        List.of("org/bytedeco/hdf5/%s/%s".formatted(platform, names.getFirst())),
        new Installed(
            names,
            Installed.folders(platform, System.getenv()),
            "install HDF5 1.14 or later (conda install hdf5, brew install hdf5, or apt install libhdf5-310)"));
  }

  /**
   * {@return the library's functions}
   *
   * @throws InputException when the library cannot be found or loaded, or is too old
   */
  static SymbolLookup load() {
    SymbolLookup library = LIBRARY.load();
    if (library.find(NEWEST_FUNCTION).isEmpty()) {
      throw new InputException(
          "%s is a libhdf5 without %s; expected version 1.14 or later: name one with -D%s=<file> in the environment variable JAVA_OPTS."
              .formatted(LIBRARY.locate(), NEWEST_FUNCTION, LIBRARY.property()));
    }
    return library;
  }
}
