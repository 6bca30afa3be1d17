package org.regularizedvi.formats.zarr;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Stream;

/** Cuts the values of an array into chunks and writes each of them. */
final class ChunkWriter {
  private final FolderWriter store;
  private final String key;
  private final NewArray array;
  private final ChunkKeys keys;
  private long written;

  /**
   * Prepares for an array.
   *
   * @param key of the array
   */
  ChunkWriter(FolderWriter store, String key, NewArray array, ChunkKeys keys) {
    this.store = store;
    this.key = key;
    this.array = array;
    this.keys = keys;
  }

  /** Writes numbers; the last chunk is filled up with zeros. */
  void numbers(Stream<MemorySegment> parts) {
    int each = array.type().bytes();
    byte[] chunk = new byte[Math.multiplyExact(array.perChunk(), each)];
    long wanted = Math.multiplyExact(array.values(), (long) each);
    long[] done = {0};
    parts.forEachOrdered(
        part -> {
          long size = part.byteSize();
          for (long from = 0; from < size; ) {
            int at = (int) (done[0] % chunk.length);
            int length = (int) Math.min(size - from, chunk.length - at);
            MemorySegment.copy(part, ValueLayout.JAVA_BYTE, from, chunk, at, length);
            from += length;
            done[0] += length;
            if (at + length == chunk.length) {
              write(chunk);
            }
          }
        });
    if (done[0] != wanted) {
      throw new IllegalArgumentException(
          "'%s' takes %d bytes, got %d".formatted(key, wanted, done[0]));
    }
    int left = (int) (done[0] % chunk.length);
    if (left > 0) {
      Arrays.fill(chunk, left, chunk.length, (byte) 0);
      write(chunk);
    }
  }

  /** Writes texts. */
  void texts(String[] values) {
    if (values.length != array.values()) {
      throw new IllegalArgumentException(
          "'%s' takes %d texts, got %d".formatted(key, array.values(), values.length));
    }
    int each = array.perChunk();
    for (int from = 0; from < values.length; from += each) {
      write(Texts.encode(values, from, Math.min(values.length, from + each), each));
    }
  }

  private void write(byte[] chunk) {
    String at = Keys.within(key, keys.of(array.place(written++)));
    store.put(at, array.compressed() ? ZstdCodec.encode(chunk) : chunk);
  }
}
