package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Makes the types that AnnData expects for text and truth values, and text laid out for writing;
 * inside the lock.
 */
final class WriteTypes {
  private WriteTypes() {}

  /** Creates the type of variable-length UTF-8 strings. */
  static Handle text() {
    Handle type = new Handle(LibHdf5.TYPE_COPY.call(Function.global("H5T_C_S1_g")));
    LibHdf5.TYPE_SET_SIZE.call(type.id(), LibHdf5.VARIABLE);
    LibHdf5.TYPE_SET_CHARSET.call(type.id(), LibHdf5.UTF8);
    return type;
  }

  /** Creates the enumeration FALSE, TRUE of one byte, which is how h5py stores bool. */
  static Handle flag() {
    Handle type = new Handle(LibHdf5.TYPE_ENUM.call(Function.global("H5T_STD_I8LE_g")));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_BYTE);
      LibHdf5.TYPE_ENUM_INSERT.call(
          type.id(), arena.allocateFrom("FALSE").address(), value.address());
      value.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      LibHdf5.TYPE_ENUM_INSERT.call(
          type.id(), arena.allocateFrom("TRUE").address(), value.address());
    }
    return type;
  }

  static byte[] bytes(boolean[] flags) {
    byte[] bytes = new byte[flags.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (flags[i] ? 1 : 0);
    }
    return bytes;
  }

  /** Lays strings out as an array of pointers to their bytes, each closed by a zero. */
  static MemorySegment pointers(Arena arena, String[] texts) {
    byte[][] encoded = new byte[texts.length][];
    long total = 0;
    for (int i = 0; i < texts.length; i++) {
      if (texts[i].indexOf('\0') >= 0) {
        throw new IllegalArgumentException("A text holds a zero character: HDF5 ends it there");
      }
      encoded[i] = texts[i].getBytes(StandardCharsets.UTF_8);
      total += encoded[i].length + 1;
    }
    MemorySegment characters = arena.allocate(Math.max(1, total));
    MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, Math.max(1, texts.length));
    long at = 0;
    for (int i = 0; i < texts.length; i++) {
      MemorySegment.copy(encoded[i], 0, characters, ValueLayout.JAVA_BYTE, at, encoded[i].length);
      pointers.setAtIndex(ValueLayout.ADDRESS, i, characters.asSlice(at));
      at += encoded[i].length + 1;
    }
    return pointers;
  }
}
