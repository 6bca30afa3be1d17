package org.regularizedvi.formats.hdf5;

/** Decodes LZF: runs of up to 32 plain bytes, and references of 3 to 264 bytes up to 8 KiB back. */
final class Lzf {
  private static final int LITERAL_END = 32;
  private static final int LONG_MATCH = 7;

  private Lzf() {}

  /**
   * Decodes a chunk.
   *
   * @throws IllegalArgumentException when the bytes are not LZF
   */
  static byte[] decode(byte[] in) {
    byte[] out = new byte[decodedLength(in)];
    int to = 0;
    int from = 0;
    while (from < in.length) {
      int control = in[from++] & 0xff;
      if (control < LITERAL_END) {
        System.arraycopy(in, from, out, to, control + 1);
        from += control + 1;
        to += control + 1;
        continue;
      }
      int length = control >> 5;
      if (length == LONG_MATCH) {
        length += in[from++] & 0xff;
      }
      int back = to - ((control & 0x1f) << 8) - (in[from++] & 0xff) - 1;
      if (back < 0) {
        throw new IllegalArgumentException("LZF chunk refers to before its start");
      }
      for (int i = 0; i < length + 2; i++) {
        out[to++] = out[back++]; // may overlap: byte by byte
      }
    }
    return out;
  }

  private static int decodedLength(byte[] in) {
    long total = 0;
    int at = 0;
    while (at < in.length) {
      int control = in[at] & 0xff;
      int used;
      if (control < LITERAL_END) {
        total += control + 1;
        used = control + 2;
      } else {
        boolean extended = control >> 5 == LONG_MATCH;
        used = extended ? 3 : 2;
        if (at + used > in.length) {
          throw new IllegalArgumentException("LZF chunk ends within a reference");
        }
        total += (control >> 5) + 2 + (extended ? in[at + 1] & 0xff : 0);
      }
      at += used;
    }
    if (at != in.length || total > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("LZF chunk ends within a run, or is too long");
    }
    return (int) total;
  }
}
