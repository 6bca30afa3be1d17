package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Decodes strings as libhdf5 hands them over: pointers to memory of its own, or padded fields. */
final class TextReader {
  private static final int PADDED_WITH_SPACES = 2;

  private TextReader() {}

  /**
   * Reads strings.
   *
   * @param type the strings' type as found in the file
   * @param memoryType what {@code read} delivers: {@code type}, or a record with this one member
   * @param space the extent in memory, for giving variable-length strings back
   * @param read reads all elements to the address it is given
   */
  static String[] read(long type, long memoryType, long space, int count, LongConsumer read) {
    String[] texts = new String[count];
    if (count == 0) {
      return texts;
    }
    boolean variable = LibHdf5.TYPE_IS_VARIABLE.call(type) > 0;
    long each = LibHdf5.TYPE_SIZE.call(type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer =
          arena.allocate(Math.multiplyExact(each, (long) count), ValueLayout.JAVA_LONG.byteSize());
      read.accept(buffer.address());
      if (variable) {
        try {
          pointers(buffer, texts);
        } finally {
          LibHdf5.TYPE_RECLAIM.call(memoryType, space, 0, buffer.address());
        }
      } else {
        boolean spaces = LibHdf5.TYPE_PADDING.call(type) == PADDED_WITH_SPACES;
        fields(buffer, (int) each, spaces, texts);
      }
    }
    return texts;
  }

  @SuppressWarnings("restricted")
  private static void pointers(MemorySegment buffer, String[] texts) {
    for (int i = 0; i < texts.length; i++) {
      MemorySegment at = buffer.getAtIndex(ValueLayout.ADDRESS, i);
      texts[i] = at.address() == 0 ? "" : at.reinterpret(Long.MAX_VALUE).getString(0);
    }
  }

  private static void fields(MemorySegment buffer, int each, boolean spaces, String[] texts) {
    byte[] field = new byte[each];
    for (int i = 0; i < texts.length; i++) {
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, (long) i * each, field, 0, each);
      int end = 0;
      while (end < each && field[end] != 0) {
        end++;
      }
      while (spaces && end > 0 && field[end - 1] == ' ') {
        end--;
      }
      texts[i] = new String(field, 0, end, StandardCharsets.UTF_8);
    }
  }
}
