package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Writes attributes, replacing one of the same name; inside the lock. */
final class AttributeWriter {
  private AttributeWriter() {}

  static void write(
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
