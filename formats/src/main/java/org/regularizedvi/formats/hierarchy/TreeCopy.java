package org.regularizedvi.formats.hierarchy;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;

/**
 * Copies groups, arrays and attributes from one container to another, value for value. Float16
 * becomes float32, and text of a fixed length one of any length.
 */
public final class TreeCopy {
  /** The bytes of headers and attributes of an object, generously. */
  private static final long OBJECT = 8192;

  private static final long TEXT = 256;
  private static final long VALUES_AT_ONCE = 1 << 22;

  /** More than anyone has; links may make a small file an endless one. */
  private static final int MOST_OBJECTS = 1_000_000;

  private static final int DEEPEST = 64;

  private TreeCopy() {}

  /** Does something with an object. */
  private interface Visitor {
    void visit(String path, Hierarchy.Kind kind);
  }

  /** Visits everything in the root, a group before what is in it. */
  private static void walk(Hierarchy from, Visitor visitor) {
    Deque<String> groups = new ArrayDeque<>();
    groups.push("");
    int objects = 0;
    while (!groups.isEmpty()) {
      String group = groups.pop();
      for (String name : from.children(group.isEmpty() ? "/" : group)) {
        String path = group.isEmpty() ? name : group + "/" + name;
        if (++objects > MOST_OBJECTS || path.chars().filter(c -> c == '/').count() > DEEPEST) {
          throw new InputException(
              "%s holds more than %,d objects, or groups more than %d deep; it is not copied."
                  .formatted(from.path(), MOST_OBJECTS, DEEPEST));
        }
        Hierarchy.Kind kind = from.kind(path);
        visitor.visit(path, kind);
        if (kind == Hierarchy.Kind.GROUP) {
          groups.push(path);
        }
      }
    }
  }

  /**
   * {@return about how many bytes a copy takes without compression, rather more than fewer}
   *
   * @param from the hierarchy to be copied
   */
  public static long bytes(Hierarchy from) {
    long[] sum = {OBJECT};
    walk(
        from,
        (path, kind) -> {
          sum[0] += OBJECT;
          if (kind == Hierarchy.Kind.ARRAY) {
            ElementType type = from.type(path);
            long each = type.kind() == ElementType.Kind.TEXT ? TEXT : Math.max(4, type.bytes());
            sum[0] += each * Memory.elements(from.shape(path), from.where(path));
          }
        });
    return sum[0];
  }

  /**
   * Copies everything into an empty output.
   *
   * @param from the hierarchy to be copied
   * @param to the output, which is not closed
   * @throws InputException when something is there that the output has no form for
   */
  public static void copy(Hierarchy from, HierarchyOutput to) {
    attributes(from, "/", to);
    walk(
        from,
        (path, kind) -> {
          switch (kind) {
            case GROUP -> to.group(path);
            case ARRAY -> array(from, path, to);
            case NULL -> to.nothing(path);
            case MISSING, OTHER -> throw unknown(from.where(path), "neither a group nor values");
          }
          attributes(from, path, to);
        });
  }

  private static void attributes(Hierarchy from, String path, HierarchyOutput to) {
    for (String name : from.attributes(path)) {
      to.attribute(path, name, from.attribute(path, name));
    }
  }

  private static InputException unknown(String where, String found) {
    return new InputException(
        "%s is %s, for which the output's format has no form; write the output in the input's own format."
            .formatted(where, found));
  }

  private static void array(Hierarchy from, String path, HierarchyOutput to) {
    try (StoredArray array = from.array(path)) {
      ElementType type = array.type();
      switch (type.kind()) {
        case TEXT -> to.texts(path, array.shape(), array.strings());
        case INTEGER, FLOAT, BOOLEAN ->
            to.numbers(
                path,
                written(type),
                array.shape(),
                parts(array, written(type)),
                array.shape().length == 0 ? Storage.PLAIN : Storage.COMPRESSED);
        case COMPOUND, OTHER -> throw unknown(array.where(), type.describe());
      }
    }
  }

  /** {@return the type that numbers get, one that every container has} */
  private static ElementType written(ElementType type) {
    return type.kind() == ElementType.Kind.FLOAT
        ? type.bytes() <= Float.BYTES ? ElementType.FLOAT32 : ElementType.FLOAT64
        : type;
  }

  private static Stream<Buffer> parts(StoredArray array, ElementType type) {
    long[] shape = array.shape();
    if (shape.length == 0) {
      return Stream.of(read(array, type, new long[0], shape));
    }
    long[] row = shape.clone();
    row[0] = 1;
    long perRow = Math.max(1, Memory.elements(row, array.where()));
    long rows = Math.clamp(VALUES_AT_ONCE / perRow, 1, Math.max(1, shape[0]));
    return Stream.iterate(0L, at -> at < shape[0], at -> at + rows)
        .map(
            at -> {
              long[] offset = new long[shape.length];
              offset[0] = at;
              long[] count = shape.clone();
              count[0] = Math.min(rows, shape[0] - at);
              return read(array, type, offset, count);
            });
  }

  private static Buffer read(StoredArray array, ElementType type, long[] offset, long[] count) {
    if (type.equals(ElementType.FLOAT32)) {
      return FloatBuffer.wrap(array.floats(offset, count));
    }
    if (type.equals(ElementType.FLOAT64)) {
      return DoubleBuffer.wrap(array.doubles(offset, count));
    }
    return narrowed(array.longs(offset, count), type.bytes());
  }

  private static Buffer narrowed(long[] values, int bytes) {
    switch (bytes) {
      case Byte.BYTES -> {
        byte[] narrow = new byte[values.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(narrow);
      }
      case Short.BYTES -> {
        short[] narrow = new short[values.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (short) values[i];
        }
        return ShortBuffer.wrap(narrow);
      }
      case Integer.BYTES -> {
        int[] narrow = new int[values.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (int) values[i];
        }
        return IntBuffer.wrap(narrow);
      }
      default -> {
        return LongBuffer.wrap(values);
      }
    }
  }
}
