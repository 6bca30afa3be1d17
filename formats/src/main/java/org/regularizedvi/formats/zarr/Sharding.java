package org.regularizedvi.formats.zarr;

import java.nio.ByteOrder;
import java.util.List;

/**
 * Says how chunks lie together in shards, by the codec <a
 * href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/sharding-indexed/index.html">
 * sharding_indexed</a>: one behind another in any order, with an index of 16 bytes for each before
 * or after them.
 *
 * @param chunk lengths of an inner chunk
 * @param perShard how many of them a shard has along each axis
 * @param codecs what an inner chunk went through
 * @param indexFirst whether the index stands before the chunks
 * @param sum whether a CRC32C follows the index
 */
record Sharding(
    long[] chunk,
    long[] perShard,
    List<Extension> codecs,
    boolean indexFirst,
    ByteOrder indexOrder,
    boolean sum) {
  static final String NAME = "sharding_indexed";

  /**
   * Reads the settings of the codec.
   *
   * @param shard lengths of a shard
   */
  static Sharding of(Fields settings, long[] shard) {
    long[] chunk =
        ArrayMetadata.checkedChunk(settings.lengths("chunk_shape"), shard, settings.where());
    long[] perShard = new long[chunk.length];
    for (int axis = 0; axis < chunk.length; axis++) {
      perShard[axis] = shard[axis] / chunk[axis];
      if (shard[axis] % chunk[axis] != 0) {
        throw settings.unexpected("chunk_shape", "lengths that divide those of a shard");
      }
    }
    List<Extension> index = settings.extensions("index_codecs");
    boolean sum = index.size() == 2 && index.get(1).name().equals("crc32c");
    if (index.isEmpty()
        || index.size() > 2 - (sum ? 0 : 1)
        || !index.getFirst().name().equals("bytes")) {
      throw settings.unexpected("index_codecs", "bytes, maybe with crc32c");
    }
    boolean big = index.getFirst().settings().oneOf("endian", "little", "big").equals("big");
    return new Sharding(
        chunk,
        perShard,
        settings.extensions("codecs"),
        settings.oneOf("index_location", "end", "start").equals("start"),
        big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        sum);
  }
}
