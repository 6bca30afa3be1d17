package org.regularizedvi.formats.zarr;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes Zstandard frames, with or without their decoded size in them. The decoder finds some
 * damage by a check of its own and some only by an index beyond a table.
 */
record ZstdCodec() implements ByteCodec {
  /** A block of four bytes may stand for 128 KiB of the same byte. */
  static final int MOST = (128 << 10) / 4;

  @Override
  public byte[] decode(byte[] encoded, long size, Scratch scratch) {
    if (size == UNKNOWN) {
      return decode(encoded);
    }
    byte[] out = Decoded.array(size, encoded.length, MOST, scratch);
    decode(encoded, 0, encoded.length, out, 0, out.length);
    return out;
  }

  private static byte[] decode(byte[] encoded) {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(encoded))) {
      return Decoded.all(in, UNKNOWN);
    } catch (IOException | MalformedInputException | IndexOutOfBoundsException e) {
      throw new DamagedChunk("it is no Zstandard (%s)".formatted(e.getMessage()), e);
    }
  }

  /** Encodes bytes as one frame, which says how many they are. */
  static byte[] encode(byte[] bytes) {
    ZstdJavaCompressor compressor = new ZstdJavaCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(bytes.length)];
    int length = compressor.compress(bytes, 0, bytes.length, out, 0, out.length);
    return Arrays.copyOf(out, length);
  }

  /** Decodes frames to their place. */
  static void decode(byte[] in, int from, int length, byte[] out, int to, int size) {
    try {
      int found = new ZstdJavaDecompressor().decompress(in, from, length, out, to, size);
      if (found != size) {
        throw new DamagedChunk("Zstandard gave %,d bytes, expected %,d".formatted(found, size));
      }
    } catch (MalformedInputException | IndexOutOfBoundsException e) {
      throw new DamagedChunk("it is no Zstandard (%s)".formatted(e.getMessage()), e);
    }
  }
}
