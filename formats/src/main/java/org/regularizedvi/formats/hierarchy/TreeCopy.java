package org.regularizedvi.formats.hierarchy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.regularizedvi.input.InputException;

/**
 * Copies groups, arrays and attributes from one container to another, value for value. Float16
 * becomes float32, and text of a fixed length one of any length; records are copied field by field.
 */
public final class TreeCopy {
  /** The bytes of headers and attributes of an object, generously. */
  private static final long OBJECT = 8192;

  private static final long TEXT = 256;

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
            long each =
                switch (type.kind()) {
                  case TEXT -> TEXT;
                  case COMPOUND -> type.bytes() + TEXT * fields(from, path);
                  case INTEGER, FLOAT, BOOLEAN, OTHER -> Math.max(4, type.bytes());
                };
            sum[0] += each * Memory.elements(from.shape(path), from.where(path));
          }
        });
    return sum[0];
  }

  private static int fields(Hierarchy from, String path) {
    try (StoredArray records = from.array(path)) {
      return records.fields().size();
    }
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
                CopiedNumbers.type(type),
                array.shape(),
                CopiedNumbers.of(array),
                array.shape().length == 0 ? Storage.PLAIN : Storage.COMPRESSED);
        case COMPOUND -> records(array, path, to);
        case OTHER -> throw unknown(array.where(), type.describe());
      }
    }
  }

  /** A record that is no list becomes a list of one: anndata reads no other from HDF5. */
  private static void records(StoredArray array, String path, HierarchyOutput to) {
    long[] shape = array.shape().length == 0 ? new long[] {1} : array.shape();
    to.records(path, shape, array.fields().stream().map(f -> field(array, f)).toList());
  }

  private static NewField field(StoredArray records, String name) {
    StoredField field = records.field(name);
    ElementType type = field.type();
    return switch (type.kind()) {
      case TEXT -> new NewField.Texts(name, field.strings());
      case INTEGER, FLOAT, BOOLEAN ->
          new NewField.Numbers(name, CopiedNumbers.type(type), CopiedNumbers.of(field));
      case COMPOUND, OTHER ->
          throw unknown("Field '%s' of %s".formatted(name, records.where()), type.describe());
    };
  }
}
