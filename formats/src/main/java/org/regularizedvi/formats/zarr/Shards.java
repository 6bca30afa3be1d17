package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.regularizedvi.formats.hierarchy.Memory;

/** Reads chunks that lie together in shards; the index of each shard is read once. */
final class Shards implements ChunkSource {
  private static final int ENTRY_BYTES = 2 * Long.BYTES;

  /** The number that an index has as place and size of a chunk that was never written. */
  private static final long NOTHING = -1;

  private final Store store;
  private final String array;
  private final ChunkKeys keys;
  private final Sharding sharding;
  private final Map<String, Index> indices = new ConcurrentHashMap<>();

  /**
   * Says where in a shard its chunks are, and how long it is; no entries where there is no shard.
   */
  private record Index(LongBuffer entries, long bytes) {}

  Shards(Store store, String array, ChunkKeys keys, Sharding sharding) {
    this.store = store;
    this.array = array;
    this.keys = keys;
    this.sharding = sharding;
  }

  @Override
  public Optional<byte[]> read(long[] chunk) throws IOException {
    long[] shard = shard(chunk);
    Index index = index(key(shard));
    if (!index.entries.hasRemaining()) {
      return Optional.empty();
    }
    int entry = 0;
    for (int axis = 0; axis < chunk.length; axis++) {
      long per = sharding.perShard()[axis];
      entry = (int) (entry * per + chunk[axis] % per);
    }
    long from = index.entries.get(2 * entry);
    long length = index.entries.get(2 * entry + 1);
    if (from == NOTHING && length == NOTHING) {
      return Optional.empty();
    }
    if (from < 0 || length < 0 || from > index.bytes - length) {
      throw new DamagedChunk(
          "the index of its shard puts it at byte %s with %s bytes, but the shard has %,d"
              .formatted(Long.toUnsignedString(from), Long.toUnsignedString(length), index.bytes));
    }
    return Optional.of(store.read(key(shard), from, Memory.arrayLength(length, 1, name(chunk))));
  }

  @Override
  public String name(long[] chunk) {
    return "Chunk %s in the shard '%s'".formatted(Arrays.toString(chunk), keys.of(shard(chunk)));
  }

  private long[] shard(long[] chunk) {
    long[] shard = chunk.clone();
    for (int axis = 0; axis < shard.length; axis++) {
      shard[axis] /= sharding.perShard()[axis];
    }
    return shard;
  }

  private String key(long[] shard) {
    return Keys.within(array, keys.of(shard));
  }

  private Index index(String key) throws IOException {
    Index known = indices.get(key);
    if (known != null) {
      return known;
    }
    OptionalLong size = store.size(key);
    Index index =
        size.isPresent()
            ? new Index(entries(key, size.getAsLong()), size.getAsLong())
            : new Index(LongBuffer.allocate(0), 0);
    indices.put(key, index);
    return index;
  }

  private LongBuffer entries(String key, long bytes) throws IOException {
    long chunks = 1;
    for (long per : sharding.perShard()) {
      chunks *= per;
    }
    int sum = sharding.sum() ? Integer.BYTES : 0;
    if (chunks > (bytes - sum) / ENTRY_BYTES) {
      throw new DamagedChunk(
          "its shard has %,d bytes, too few for an index of %,d chunks".formatted(bytes, chunks));
    }
    int length = Memory.arrayLength(chunks * ENTRY_BYTES + sum, 1, "The index of a shard");
    byte[] encoded = store.read(key, sharding.indexFirst() ? 0 : bytes - length, length);
    byte[] index = sharding.sum() ? new Crc32cCodec().decode(encoded, length - sum) : encoded;
    return ByteBuffer.wrap(index).order(sharding.indexOrder()).asLongBuffer();
  }
}
