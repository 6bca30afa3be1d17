package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Gives values by key, as Zarr lays its objects into a folder or a zip file. A key is names joined
 * by '/'; one with a name that is empty, "." or ".." leads to nothing.
 */
interface Store extends AutoCloseable {
  /** Returns how many bytes a value has, nothing where there is none. */
  OptionalLong size(String key) throws IOException;

  /**
   * Reads a part of a value.
   *
   * @throws IOException when it ends before, or cannot be read
   */
  byte[] read(String key, long from, int length) throws IOException;

  /** {@return the names that follow a key, sorted; "" is the key of the root} */
  List<String> names(String key) throws IOException;

  @Override
  void close() throws IOException;
}
