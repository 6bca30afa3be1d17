package org.regularizedvi.formats.zarr;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes the keys under which a store has its objects. */
final class Keys {
  private Keys() {}

  /** {@return the key of a path: its names joined by one '/' each; of the root, nothing} */
  static String of(String path) {
    return Arrays.stream(path.split("/"))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining("/"));
  }

  /** {@return the key of a name within an object} */
  static String within(String key, String name) {
    return key.isEmpty() ? name : key + "/" + name;
  }
}
