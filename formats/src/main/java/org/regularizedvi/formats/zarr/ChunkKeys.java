package org.regularizedvi.formats.zarr;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Gives the keys of an array's chunks within the array.
 *
 * @param prefix put before the numbers: "c" in version 3, with a separator where numbers follow
 * @param none the key of the only chunk of a scalar
 */
record ChunkKeys(String prefix, String separator, String none) {
  /** {@return the keys of version 2, which version 3 knows too} */
  static ChunkKeys version2(String separator) {
    return new ChunkKeys("", separator, "0");
  }

  static ChunkKeys version3(String separator) {
    return new ChunkKeys("c" + separator, separator, "c");
  }

  String of(long[] chunk) {
    return chunk.length == 0
        ? none
        : Arrays.stream(chunk)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(separator, prefix, ""));
  }
}
