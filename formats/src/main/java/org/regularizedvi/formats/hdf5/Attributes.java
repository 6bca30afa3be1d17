package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.regularizedvi.formats.hierarchy.Attribute;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Memory;
import org.regularizedvi.input.InputException;

/** Reads the attributes of one object; inside the lock. */
final class Attributes {
  private Attributes() {}

  static boolean exists(long object, String name) {
    try (Arena arena = Arena.ofConfined()) {
      return LibHdf5.ATTRIBUTE_EXISTS.call(object, arena.allocateFrom(name).address()) > 0;
    }
  }

  static List<String> texts(long object, String name, String where) {
    try (Handle attribute = open(object, name, where);
        Handle type = new Handle(LibHdf5.ATTRIBUTE_TYPE.call(attribute.id()));
        Handle space = new Handle(LibHdf5.ATTRIBUTE_SPACE.call(attribute.id()))) {
      int count = count(space.id(), where);
      ElementType found = H5Types.of(type.id());
      // An empty list of strings may be stored as an empty array of numbers.
      if (count == 0) {
        return List.of();
      }
      if (found.kind() != ElementType.Kind.TEXT) {
        throw new InputException(
            "Attribute '%s' of %s should be text, found %s."
                .formatted(name, where, found.describe()));
      }
      return List.of(
          TextReader.read(
              type.id(),
              type.id(),
              space.id(),
              count,
              at -> LibHdf5.ATTRIBUTE_READ.call(attribute.id(), type.id(), at)));
    }
  }

  static Attribute of(long object, String name, String where) {
    ElementType type;
    boolean single;
    try (Handle attribute = open(object, name, where);
        Handle found = new Handle(LibHdf5.ATTRIBUTE_TYPE.call(attribute.id()));
        Handle space = new Handle(LibHdf5.ATTRIBUTE_SPACE.call(attribute.id()))) {
      type = H5Types.of(found.id());
      if (count(space.id(), where) == 0) {
        return new Attribute.Texts(List.of());
      }
      single = Space.shape(space.id()).length == 0;
    }
    return switch (type.kind()) {
      case TEXT -> {
        List<String> texts = texts(object, name, where);
        yield single ? new Attribute.Text(texts.getFirst()) : new Attribute.Texts(texts);
      }
      case FLOAT -> {
        double[] reals = doubles(object, name, where);
        yield single ? new Attribute.Real(reals[0]) : new Attribute.Reals(reals);
      }
      case INTEGER, BOOLEAN, COMPOUND, OTHER -> {
        long[] wholes = longs(object, name, where);
        yield !single
            ? new Attribute.Wholes(wholes)
            : type.kind() == ElementType.Kind.BOOLEAN
                ? new Attribute.Flag(wholes[0] != 0)
                : new Attribute.Whole(wholes[0]);
      }
    };
  }

  static double[] doubles(long object, String name, String where) {
    return read(object, name, where, Native.FLOAT64).toArray(ValueLayout.JAVA_DOUBLE);
  }

  static long[] longs(long object, String name, String where) {
    return read(object, name, where, Native.INT64).toArray(ValueLayout.JAVA_LONG);
  }

  private static MemorySegment read(long object, String name, String where, Native as) {
    try (Handle attribute = open(object, name, where);
        Handle type = new Handle(LibHdf5.ATTRIBUTE_TYPE.call(attribute.id()));
        Handle space = new Handle(LibHdf5.ATTRIBUTE_SPACE.call(attribute.id()))) {
      ElementType found = H5Types.of(type.id());
      if (!found.numeric()) {
        throw new InputException(
            "Attribute '%s' of %s should be a number, found %s."
                .formatted(name, where, found.describe()));
      }
      int count = count(space.id(), where);
      MemorySegment buffer = Arena.ofAuto().allocate(Math.max(1L, count) * as.bytes(), Long.BYTES);
      if (count > 0) {
        LibHdf5.ATTRIBUTE_READ.call(attribute.id(), as.id(), buffer.address());
      }
      return buffer.asSlice(0, (long) count * as.bytes());
    }
  }

  private static int count(long space, String where) {
    return Space.isNull(space)
        ? 0
        : Memory.arrayLength(
            Memory.elements(Space.shape(space), where), Long.BYTES, "An attribute of " + where);
  }

  private static Handle open(long object, String name, String where) {
    if (!exists(object, name)) {
      throw new InputException("%s has no attribute '%s'.".formatted(where, name));
    }
    try (Arena arena = Arena.ofConfined()) {
      return new Handle(LibHdf5.ATTRIBUTE_OPEN.call(object, arena.allocateFrom(name).address(), 0));
    }
  }
}
