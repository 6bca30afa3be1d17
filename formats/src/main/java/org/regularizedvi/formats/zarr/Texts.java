package org.regularizedvi.formats.zarr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.regularizedvi.formats.hierarchy.Memory;

/** Texts of a chunk, decoded from any of the ways in which Zarr stores them. */
final class Texts implements Elements {
  private final String[] texts;

  Texts(String... texts) {
    this.texts = texts;
  }

  /** Decodes code points of four bytes each, filled up with zeros: type {@code <U}. */
  static Texts utf32(byte[] bytes, ByteOrder order, int count, int each) {
    IntBuffer in = ByteBuffer.wrap(bytes).order(order).asIntBuffer();
    int[] points = new int[each / Integer.BYTES];
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      in.get(points);
      int end = points.length;
      while (end > 0 && points[end - 1] == 0) {
        end--;
      }
      for (int k = 0; k < end; k++) {
        if (!Character.isValidCodePoint(points[k])) {
          throw new DamagedChunk("text %d has the character %x".formatted(i, points[k]));
        }
      }
      texts[i] = new String(points, 0, end);
    }
    return new Texts(texts);
  }

  /** Decodes bytes of UTF-8 filled up with zeros: type {@code |S}. */
  static Texts padded(byte[] bytes, int count, int each) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      int end = (i + 1) * each;
      while (end > i * each && bytes[end - 1] == 0) {
        end--;
      }
      texts[i] = new String(bytes, i * each, end - i * each, UTF_8);
    }
    return new Texts(texts);
  }

  /**
   * Decodes "vlen-utf8": the number of texts in four bytes, little endian, then of each its length
   * in four bytes and its UTF-8 (numcodecs' VLenUTF8).
   */
  static Texts varying(byte[] bytes, int count) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int found = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (found != count || in.remaining() / Integer.BYTES < count) {
      throw new DamagedChunk(
          "it holds %d texts in %,d bytes, expected %d".formatted(found, bytes.length, count));
    }
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new DamagedChunk(
            "text %d has %,d bytes where %,d are left".formatted(i, length, in.remaining()));
      }
      texts[i] = new String(bytes, in.position(), length, UTF_8);
      in.position(in.position() + length);
    }
    if (in.hasRemaining()) {
      throw new DamagedChunk("%,d bytes follow its texts".formatted(in.remaining()));
    }
    return new Texts(texts);
  }

  /**
   * Encodes texts as {@link #varying} decodes them.
   *
   * @param count how many there should be; empty ones follow where there are fewer
   */
  static byte[] encode(String[] texts, int from, int to, int count) {
    byte[][] encoded = new byte[to - from][];
    long size = (1L + count) * Integer.BYTES;
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = texts[from + i].getBytes(UTF_8);
      size += encoded[i].length;
    }
    ByteBuffer out =
        ByteBuffer.allocate(Memory.arrayLength(size, 1, "A chunk of texts"))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(count);
    for (byte[] text : encoded) {
      out.putInt(text.length).put(text);
    }
    return out.array();
  }

  /** Returns these texts in another order. */
  Texts moved(int[] sources) {
    String[] moved = new String[sources.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = texts[sources[i]];
    }
    return new Texts(moved);
  }

  @Override
  public void strings(int from, int n, String[] out, int to) {
    System.arraycopy(texts, from, out, to, n);
  }

  @Override
  public void floats(int from, int n, float[] out, int to) {
    throw noNumbers();
  }

  @Override
  public void doubles(int from, int n, double[] out, int to) {
    throw noNumbers();
  }

  @Override
  public void ints(int from, int n, int[] out, int to) {
    throw noNumbers();
  }

  @Override
  public void longs(int from, int n, long[] out, int to) {
    throw noNumbers();
  }

  private static IllegalStateException noNumbers() {
    return new IllegalStateException("Texts were asked for numbers");
  }
}
