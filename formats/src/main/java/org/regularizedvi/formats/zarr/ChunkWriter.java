package org.regularizedvi.formats.zarr;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
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
  void numbers(Stream<? extends Buffer> parts) {
    int each = array.type().bytes();
    int perChunk = array.perChunk();
    byte[] chunk = new byte[Math.multiplyExact(perChunk, each)];
    long[] done = {0};
    parts.forEachOrdered(
        part -> {
          for (int from = 0; from < part.limit(); ) {
            int at = (int) (done[0] % perChunk);
            int length = Math.min(part.limit() - from, perChunk - at);
            ByteBuffer to = ByteBuffer.wrap(chunk, at * each, length * each).slice();
            put(part, from, length, to.order(ByteOrder.nativeOrder()));
            from += length;
            done[0] += length;
            if (at + length == perChunk) {
              write(chunk);
            }
          }
        });
    if (done[0] != array.values()) {
      throw new IllegalArgumentException(
          "'%s' takes %d values, got %d".formatted(key, array.values(), done[0]));
    }
    int left = (int) (done[0] % perChunk);
    if (left > 0) {
      Arrays.fill(chunk, left * each, chunk.length, (byte) 0);
      write(chunk);
    }
  }

  static void put(Buffer values, int from, int length, ByteBuffer to) {
    switch (values) {
      case ByteBuffer bytes -> to.put(bytes.slice(from, length));
      case ShortBuffer shorts -> to.asShortBuffer().put(shorts.slice(from, length));
      case IntBuffer ints -> to.asIntBuffer().put(ints.slice(from, length));
      case LongBuffer longs -> to.asLongBuffer().put(longs.slice(from, length));
      case FloatBuffer floats -> to.asFloatBuffer().put(floats.slice(from, length));
      case DoubleBuffer doubles -> to.asDoubleBuffer().put(doubles.slice(from, length));
      default -> throw new IllegalArgumentException("Buffers of characters hold no numbers");
    }
  }

  /** Writes records that lie one behind another; the last chunk is filled up with zeros. */
  void records(byte[] packed) {
    int length = Math.multiplyExact(array.perChunk(), array.type().bytes());
    for (int from = 0; from < packed.length; from += length) {
      byte[] chunk = new byte[length];
      System.arraycopy(packed, from, chunk, 0, Math.min(length, packed.length - from));
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
