package org.regularizedvi.formats.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Chunks of Blosc 1: a head of 16 bytes, where each block begins, and the blocks, each of which is
 * shuffled and then compressed in one stream or in one for each byte of an element. The format is
 * that of <a href="https://github.com/Blosc/c-blosc/blob/main/README_CHUNK_FORMAT.rst">
 * README_CHUNK_FORMAT</a> of c-blosc; where a block begins is counted from the start of the chunk.
 */
record BloscCodec() implements ByteCodec {
  private static final int HEAD_BYTES = 16;
  private static final int NEWEST = 2;

  private static final int SHUFFLED = 1;
  private static final int COPIED = 2;
  private static final int BITS_SHUFFLED = 4;
  private static final int WHOLE_BLOCKS = 16;
  private static final int COMPRESSOR_SHIFT = 5;

  /** Blocks are split only for elements of at most so many bytes ... */
  private static final int LARGEST_SPLIT_ELEMENT = 16;

  /** ... of which there are at least so many. */
  private static final int FEWEST_SPLIT_ELEMENTS = 128;

  /** Holds what the head says. */
  private record Head(int flags, int element, int bytes, int block) {
    /** Returns in how many streams a block is. */
    int streams(int length) {
      boolean split =
          (flags & WHOLE_BLOCKS) == 0
              && element <= LARGEST_SPLIT_ELEMENT
              && length == block
              && length / element >= FEWEST_SPLIT_ELEMENTS;
      return split ? element : 1;
    }

    boolean shuffled() {
      return (flags & SHUFFLED) != 0 && element > 1;
    }

    boolean bitsShuffled() {
      return !shuffled() && (flags & BITS_SHUFFLED) != 0;
    }
  }

  @Override
  public byte[] decode(byte[] encoded, long size, Scratch scratch) {
    ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    Head head = head(in, size);
    if ((head.flags & COPIED) != 0) {
      require(encoded.length == HEAD_BYTES + (long) head.bytes, "its head has another size");
      byte[] out = scratch.decoded(head.bytes);
      in.get(HEAD_BYTES, out);
      return out;
    }
    byte[] out = Decoded.array(head.bytes, encoded.length, ZstdCodec.MOST, scratch);
    int blocks = head.bytes == 0 ? 0 : Math.ceilDiv(head.bytes, head.block);
    require(blocks <= (encoded.length - HEAD_BYTES) / Integer.BYTES, "it ends before its blocks");
    boolean moved = head.shuffled() || head.bitsShuffled();
    byte[] shuffled = scratch.block(moved ? Math.min(head.block, head.bytes) : 0);
    for (int i = 0; i < blocks; i++) {
      int at = i * head.block;
      int length = Math.min(head.block, head.bytes - at);
      int start = in.getInt(HEAD_BYTES + i * Integer.BYTES);
      if (moved) {
        streams(head, in, start, shuffled, 0, length);
        unshuffle(head, shuffled, length, out, at);
      } else {
        streams(head, in, start, out, at, length);
      }
    }
    return out;
  }

  private static Head head(ByteBuffer in, long size) {
    require(in.capacity() >= HEAD_BYTES, "it is shorter than the head of Blosc");
    int version = in.get(0) & 0xff;
    require(
        version > 0 && version <= NEWEST,
        "it has the version %d of Blosc, expected 1 or %d".formatted(version, NEWEST));
    int bytes = in.getInt(4);
    int block = in.getInt(8);
    require(bytes >= 0 && (block > 0 || bytes == 0), "the head of Blosc has sizes below 0");
    require(
        in.getInt(12) == in.capacity(),
        "it has %,d bytes, but its head says %,d".formatted(in.capacity(), in.getInt(12)));
    require(
        size == UNKNOWN || bytes == size,
        "its head promises %,d bytes, expected %,d".formatted(bytes, size));
    return new Head(in.get(2) & 0xff, Math.max(1, in.get(3) & 0xff), bytes, block);
  }

  /** Decodes the streams of a block one behind another; each has its size before it. */
  private static void streams(Head head, ByteBuffer in, int start, byte[] out, int to, int length) {
    int streams = head.streams(length);
    int each = length / streams;
    require(each * streams == length, "a block is no multiple of its elements");
    long from = start;
    for (int i = 0; i < streams; i++) {
      require(
          from >= HEAD_BYTES && from <= in.capacity() - Integer.BYTES, "a block begins outside");
      int stored = in.getInt((int) from);
      from += Integer.BYTES;
      require(stored >= 0 && stored <= in.capacity() - from, "a stream ends outside");
      stream(head, in.array(), (int) from, stored, out, to + i * each, each);
      from += stored;
    }
  }

  private static void stream(
      Head head, byte[] in, int from, int stored, byte[] out, int to, int size) {
    if (stored == size) {
      System.arraycopy(in, from, out, to, size);
      return;
    }
    switch (head.flags >> COMPRESSOR_SHIFT) {
      case 0 -> BloscLz.decode(in, from, stored, out, to, size);
      case 1 -> Lz4Codec.decode(in, from, stored, out, to, size);
      case 3 -> inflate(in, from, stored, out, to, size);
      case 4 -> ZstdCodec.decode(in, from, stored, out, to, size);
      default ->
          throw new DamagedChunk(
              "it is compressed by number %d of Blosc; expected blosclz, lz4, zlib or zstd"
                  .formatted(head.flags >> COMPRESSOR_SHIFT));
    }
  }

  private static void inflate(byte[] in, int from, int length, byte[] out, int to, int size) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(in, from, length);
      int found = inflater.inflate(out, to, size);
      require(found == size && inflater.finished(), "zlib gave %,d bytes".formatted(found));
    } catch (DataFormatException e) {
      throw new DamagedChunk("it is no zlib (%s)".formatted(e.getMessage()), e);
    }
  }

  private static void unshuffle(Head head, byte[] in, int length, byte[] out, int to) {
    if (head.shuffled()) {
      Shuffle.bytes(in, length, head.element, out, to);
    } else {
      Shuffle.bits(in, length, head.element, out, to);
    }
  }

  private static void require(boolean fits, String problem) {
    if (!fits) {
      throw new DamagedChunk(problem);
    }
  }
}
