package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes what a store says of its groups and arrays, in one version of the format. */
sealed interface NodeWriter permits NodeWriter2, NodeWriter3 {
  /**
   * {@return the writer of a store's version}
   *
   * @param version 2 or 3
   */
  static NodeWriter of(int version, FolderWriter store) {
    return version == 2 ? new NodeWriter2(store) : new NodeWriter3(store);
  }

  /** Writes a group without attributes. */
  void group(String key);

  /** Writes what is said of an array without attributes: of records only in version 2. */
  void array(String key, NewArray array);

  /** {@return the keys of the chunks of arrays written so} */
  ChunkKeys keys();

  /** Sets an attribute of a group or array that is there. */
  void attribute(String key, String name, JsonNode value);

  /** Tells whether a group repeats what is said of all that is in it. */
  boolean consolidated(String group);

  /**
   * Makes a group repeat what is said of all that is in it.
   *
   * @param objects keys of all groups and arrays in it, from the group on
   */
  void consolidate(String group, Iterable<String> objects);
}
