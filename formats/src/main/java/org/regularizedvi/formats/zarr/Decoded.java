package org.regularizedvi.formats.zarr;

import java.io.IOException;
import java.io.InputStream;
import org.regularizedvi.formats.hierarchy.Memory;

/** Takes bytes out of a decoder, and says how many there can be. */
final class Decoded {
  private Decoded() {}

  /**
   * {@return an array for a result}
   *
   * @param size as something states it
   * @param encoded how many bytes it is to come from
   * @param most how many bytes can come from one
   * @param scratch gives the array
   * @throws DamagedChunk when so many cannot come from so few
   */
  static byte[] array(long size, int encoded, int most, Scratch scratch) {
    if (size < 0 || size / most > encoded) {
      throw new DamagedChunk("it holds %,d bytes that cannot become %,d".formatted(encoded, size));
    }
    return scratch.decoded(Memory.arrayLength(size, 1, "A chunk"));
  }

  /**
   * Reads all of a stream.
   *
   * @param size how many bytes there should be, or {@link ByteCodec#UNKNOWN}: then what there is
   *     grows as it comes
   * @throws IOException when the stream is damaged
   */
  static byte[] all(InputStream in, long size) throws IOException {
    int most = size == ByteCodec.UNKNOWN ? Integer.MAX_VALUE - 8 : Math.toIntExact(size);
    byte[] bytes = in.readNBytes(most);
    if (in.read() >= 0) {
      throw new DamagedChunk("it holds more than the expected %,d bytes".formatted(most));
    }
    return bytes;
  }
}
