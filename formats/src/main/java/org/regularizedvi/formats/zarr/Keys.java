package org.regularizedvi.formats.zarr;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The keys under which a store has its objects. */
final class Keys {
  private Keys() {}

  /** Returns the key of a path: its names joined by one '/' each; of the root, nothing. */
  static String of(String path) {
    return Arrays.stream(path.split("/"))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.joining("/"));
  }

  /** Returns the key of a name within an object. */
  static String within(String key, String name) {
    return key.isEmpty() ? name : key + "/" + name;
  }
}
