package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.regularizedvi.formats.hierarchy.Memory;

/** Reads chunks that are a value of the store each. */
record WholeChunks(Store store, String array, ChunkKeys keys) implements ChunkSource {
  @Override
  public Optional<byte[]> read(long[] chunk) throws IOException {
    String key = Keys.within(array, keys.of(chunk));
    OptionalLong size = store.size(key);
    return size.isPresent()
        ? Optional.of(store.read(key, 0, Memory.arrayLength(size.getAsLong(), 1, name(chunk))))
        : Optional.empty();
  }

  @Override
  public String name(long[] chunk) {
    return "Chunk '%s'".formatted(keys.of(chunk));
  }
}
