package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.util.Optional;

/** Finds the encoded bytes of an array's chunks. */
interface ChunkSource {
  /**
   * {@return the bytes of a chunk, nothing where it was never written}
   *
   * @param chunk its place in the grid of chunks
   * @throws DamagedChunk when the store says where it is, but it is not there
   */
  Optional<byte[]> read(long[] chunk) throws IOException;

  /** Names a chunk for a message. */
  String name(long[] chunk);
}
