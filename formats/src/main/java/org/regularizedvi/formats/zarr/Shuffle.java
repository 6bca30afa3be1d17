package org.regularizedvi.formats.zarr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Undoes the orders that Blosc gives the bytes of a block, so that like bytes stand together: first
 * all first bytes of the elements, then all second ones, and so on; or the same with bits, the
 * lowest first, of eight elements in a byte (<a
 * href="https://github.com/kiyo-masui/bitshuffle">Bitshuffle</a>, without its blocks). Bytes after
 * the last whole element stay where they are.
 */
final class Shuffle {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Shuffle() {}

  /** Puts shuffled bytes in order. */
  static void bytes(byte[] in, int length, int element, byte[] out, int to) {
    int n = length / element;
    switch (element) {
      case Integer.BYTES -> quadruples(in, n, out, to);
      case Long.BYTES -> octuples(in, n, out, to);
      default -> {
        for (int k = 0; k < element; k++) {
          for (int i = 0, at = to + k; i < n; i++, at += element) {
            out[at] = in[k * n + i];
          }
        }
      }
    }
    rest(in, n * element, length, out, to);
  }

  private static void quadruples(byte[] in, int n, byte[] out, int to) {
    for (int i = 0; i < n; i++) {
      int value =
          in[i] & 0xff
              | (in[n + i] & 0xff) << 8
              | (in[2 * n + i] & 0xff) << 16
              | in[3 * n + i] << 24;
      INTS.set(out, to + i * Integer.BYTES, value);
    }
  }

  private static void octuples(byte[] in, int n, byte[] out, int to) {
    for (int i = 0; i < n; i++) {
      long value = 0;
      for (int k = Long.BYTES - 1; k >= 0; k--) {
        value = value << Byte.SIZE | in[k * n + i] & 0xff;
      }
      LONGS.set(out, to + i * Long.BYTES, value);
    }
  }

  /** Puts shuffled bits in order; only elements in eights were shuffled, all of them or none. */
  static void bits(byte[] in, int length, int element, byte[] out, int to) {
    int n = length / element;
    int shuffled = n % Byte.SIZE == 0 ? n : 0;
    int row = shuffled / Byte.SIZE;
    for (int k = 0; k < element; k++) {
      for (int i = 0; i < row; i++) {
        long eight = 0;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
          eight |= (in[(k * Byte.SIZE + bit) * row + i] & 0xffL) << bit * Byte.SIZE;
        }
        eight = transposed(eight);
        for (int e = 0; e < Byte.SIZE; e++) {
          out[to + (i * Byte.SIZE + e) * element + k] = (byte) (eight >>> e * Byte.SIZE);
        }
      }
    }
    rest(in, shuffled * element, length, out, to);
  }

  /** Swaps rows and columns of 8 x 8 bits: pairs, then quarters, then halves of the square. */
  private static long transposed(long square) {
    long x = square;
    long swap = (x ^ x >>> 7) & 0x00aa00aa00aa00aaL;
    x ^= swap ^ swap << 7;
    swap = (x ^ x >>> 14) & 0x0000cccc0000ccccL;
    x ^= swap ^ swap << 14;
    swap = (x ^ x >>> 28) & 0x00000000f0f0f0f0L;
    return x ^ swap ^ swap << 28;
  }

  private static void rest(byte[] in, int from, int length, byte[] out, int to) {
    System.arraycopy(in, from, out, to + from, length - from);
  }
}
