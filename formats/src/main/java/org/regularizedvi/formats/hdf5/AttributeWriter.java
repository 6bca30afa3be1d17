package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.regularizedvi.formats.hierarchy.Attribute;

/** Writes attributes, replacing one of the same name; inside the lock. */
final class AttributeWriter {
  private static final long[] SINGLE = {};

  private AttributeWriter() {}

  static void write(long file, String object, String name, Attribute value) {
    switch (value) {
      case Attribute.Text(String text) -> texts(file, object, name, SINGLE, text);
      case Attribute.Texts(List<String> texts) ->
          texts(file, object, name, axis(texts.size()), texts.toArray(String[]::new));
      case Attribute.Flag(boolean flag) -> {
        try (Handle type = WriteTypes.flag()) {
          byte[] bytes = WriteTypes.bytes(new boolean[] {flag});
          write(file, object, name, type.id(), SINGLE, copy(MemorySegment.ofArray(bytes)));
        }
      }
      case Attribute.Whole(long number) ->
          numbers(file, object, name, Native.INT64, SINGLE, of(number));
      case Attribute.Wholes(long[] all) ->
          numbers(file, object, name, Native.INT64, axis(all.length), of(all));
      case Attribute.Real(double number) ->
          numbers(file, object, name, Native.FLOAT64, SINGLE, of(number));
      case Attribute.Reals(double[] all) ->
          numbers(file, object, name, Native.FLOAT64, axis(all.length), of(all));
    }
  }

  private static long[] axis(int length) {
    return new long[] {length};
  }

  private static MemorySegment of(long... numbers) {
    return MemorySegment.ofArray(numbers);
  }

  private static MemorySegment of(double... numbers) {
    return MemorySegment.ofArray(numbers);
  }

  private static MemorySegment copy(MemorySegment values) {
    MemorySegment copy = Arena.ofAuto().allocate(Math.max(1, values.byteSize()), Long.BYTES);
    copy.asSlice(0, values.byteSize()).copyFrom(values);
    return copy;
  }

  private static void numbers(
      long file, String object, String name, Native type, long[] shape, MemorySegment values) {
    write(file, object, name, type.id(), shape, copy(values));
  }

  private static void texts(long file, String object, String name, long[] shape, String... values) {
    try (Arena arena = Arena.ofConfined();
        Handle type = WriteTypes.text()) {
      write(file, object, name, type.id(), shape, WriteTypes.pointers(arena, values));
    }
  }

  private static void write(
      long file, String object, String name, long type, long[] shape, MemorySegment values) {
    try (Arena arena = Arena.ofConfined();
        Handle on =
            new Handle(
                LibHdf5.OBJECT_OPEN.call(
                    file, arena.allocateFrom(Links.normal(object)).address(), 0));
        Handle space = Space.create(shape)) {
      long at = arena.allocateFrom(name).address();
      if (Attributes.exists(on.id(), name)) {
        LibHdf5.ATTRIBUTE_DELETE.call(on.id(), at);
      }
      try (Handle attribute =
          new Handle(LibHdf5.ATTRIBUTE_CREATE.call(on.id(), at, type, space.id(), 0, 0))) {
        if (shape.length == 0 || shape[0] > 0) {
          LibHdf5.ATTRIBUTE_WRITE.call(attribute.id(), type, values.address());
        }
      }
    }
  }
}
