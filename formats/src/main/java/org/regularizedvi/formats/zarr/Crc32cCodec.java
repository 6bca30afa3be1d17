package org.regularizedvi.formats.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Checks and takes off the four bytes of CRC32C, little endian, that follow what they are the sum
 * of.
 */
record Crc32cCodec() implements ByteCodec {
  @Override
  public byte[] decode(byte[] encoded, long size, Scratch scratch) {
    int length = encoded.length - Integer.BYTES;
    if (length < 0) {
      throw new DamagedChunk("it has %d bytes, too few for a checksum".formatted(encoded.length));
    }
    CRC32C sum = new CRC32C();
    sum.update(encoded, 0, length);
    int stated = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    if (stated != (int) sum.getValue()) {
      throw new DamagedChunk(
          "its CRC32C is %08x, but %08x is stored".formatted((int) sum.getValue(), stated));
    }
    return Arrays.copyOf(encoded, length);
  }
}
