package org.regularizedvi.formats.zarr;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes an LZ4 block after its decoded size in four bytes, little endian (numcodecs' LZ4). */
record Lz4Codec() implements ByteCodec {
  /** The most bytes that one byte of a long match can stand for. */
  static final int MOST = 255;

  @Override
  public byte[] decode(byte[] encoded, long size, Scratch scratch) {
    if (encoded.length < Integer.BYTES) {
      throw new DamagedChunk("it has %d bytes, too few for LZ4".formatted(encoded.length));
    }
    int stated = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt();
    byte[] out = Decoded.array(stated, encoded.length, MOST, scratch);
    int length = encoded.length - Integer.BYTES;
    decode(encoded, Integer.BYTES, length, out, 0, out.length);
    return out;
  }

  /** Decodes a block to its place. */
  static void decode(byte[] in, int from, int length, byte[] out, int to, int size) {
    try {
      int found = new Lz4JavaDecompressor().decompress(in, from, length, out, to, size);
      if (found != size) {
        throw new DamagedChunk("LZ4 gave %,d bytes, expected %,d".formatted(found, size));
      }
    } catch (MalformedInputException e) {
      throw new DamagedChunk("it is no LZ4 (%s)".formatted(e.getMessage()), e);
    }
  }
}
