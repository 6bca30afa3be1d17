package org.regularizedvi.formats.zarr;

/**
 * Decodes BloscLZ, which is level 2 of <a
 * href="https://github.com/ariya/FastLZ#block-format">FastLZ</a>: runs of up to 32 plain bytes, and
 * references of 3 bytes or more up to 73,726 bytes back, whose length goes on from byte to byte
 * where the first three bits are ones, and whose distance goes on for two bytes where its 13 bits
 * are.
 */
final class BloscLz {
  private static final int LONGEST_RUN = 32;
  private static final int LOW_BITS = 31;
  private static final int MORE_LENGTH = 7;
  private static final int MORE_DISTANCE = (1 << 13) - 1;
  private static final int BYTE = 0xff;

  private BloscLz() {}

  /**
   * Decodes a stream to its place.
   *
   * @throws DamagedChunk when it gives another number of bytes
   */
  static void decode(byte[] in, int from, int length, byte[] out, int to, int size) {
    int at = from;
    int end = from + length;
    int place = to;
    int last = to + size;
    // The first three bits of all tell the level, so that this is a run.
    int code = length == 0 ? 0 : in[at] & LOW_BITS;
    while (at < end) {
      at++;
      if (code < LONGEST_RUN) {
        require(code < end - at && code < last - place);
        System.arraycopy(in, at, out, place, code + 1);
        at += code + 1;
        place += code + 1;
      } else {
        int count = (code >> 5) + 2;
        if (code >> 5 == MORE_LENGTH) {
          int more;
          do {
            require(at < end && count <= size);
            more = in[at++] & BYTE;
            count += more;
          } while (more == BYTE);
        }
        require(at < end);
        int back = (code & LOW_BITS) << Byte.SIZE | in[at++] & BYTE;
        if (back == MORE_DISTANCE) {
          require(end - at >= 2);
          back += (in[at++] & BYTE) << Byte.SIZE;
          back += in[at++] & BYTE;
        }
        require(back < place - to && count <= last - place);
        copy(out, place - back - 1, place, count);
        place += count;
      }
      code = at < end ? in[at] & BYTE : 0;
    }
    require(place == last);
  }

  /** Copies bytes that may be the copy's own. */
  private static void copy(byte[] bytes, int from, int to, int count) {
    if (to - from >= count) {
      System.arraycopy(bytes, from, bytes, to, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      bytes[to + i] = bytes[from + i];
    }
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new DamagedChunk("it is no BloscLZ of the expected size");
    }
  }
}
