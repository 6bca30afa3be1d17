package org.regularizedvi.formats.hdf5;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.regularizedvi.input.InputException;

/** Lists the names in groups and of attributes; inside the lock. */
final class Links {
  private static final MemorySegment VISITOR = visitor();

  /** A character for each byte of the names; guarded by {@link Hdf5Lock}. */
  private static final List<String> FOUND = new ArrayList<>();

  private Links() {}

  /**
   * {@return the names in an open group, sorted by their bytes}
   *
   * @throws InputException when the object is no group, they are not stored so, or one is there
   *     twice or empty: names have no checksum in files of the old format, but their order
   */
  static List<String> names(long group, String where) {
    if (LibHdf5.ID_TYPE.call(group) != LibHdf5.ID_GROUP) {
      throw new InputException(where + " should be a group, found values or a type.");
    }
    FOUND.clear();
    LibHdf5.LINK_ITERATE.call(group, 0, 0, 0, VISITOR.address(), 0);
    String before = "";
    for (String name : FOUND) {
      if (name.compareTo(before) <= 0) {
        throw new InputException(
            "The names in %s are not in order, '%s' after '%s': the file is damaged."
                .formatted(where, text(name), text(before)));
      }
      before = name;
    }
    return FOUND.stream().map(Links::text).toList();
  }

  /** {@return the names of an open object's attributes, sorted by their bytes} */
  static List<String> attributes(long object) {
    FOUND.clear();
    LibHdf5.ATTRIBUTE_ITERATE.call(object, 0, 0, 0, VISITOR.address(), 0);
    return FOUND.stream().map(Links::text).toList();
  }

  private static String text(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  /**
   * Tells whether every step of the path exists and leads to an object.
   *
   * @param where names an object of the file for a message
   * @throws InputException when a step leads into another file (who hands on a file hands on what
   *     is in it, not what is beside the reader), in a circle, or nobody knows where
   */
  static boolean exist(long file, String path, UnaryOperator<String> where) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(LibHdf5.LINK_INFO_BYTES, Long.BYTES);
      String[] steps = normal(path).substring(1).split("/");
      StringBuilder prefix = new StringBuilder();
      for (int i = 0; i < steps.length && !steps[i].isEmpty(); i++) {
        long at = arena.allocateFrom(prefix.append('/').append(steps[i]).toString()).address();
        if (LibHdf5.LINK_EXISTS.call(file, at, 0) == 0) {
          return false;
        }
        LibHdf5.LINK_INFO.call(file, at, info.address(), 0);
        String step = prefix.substring(1);
        requireFollowed(info.get(ValueLayout.JAVA_INT, 0), () -> where.apply(step));
        if (!leadsToObject(file, at, () -> where.apply(step))) {
          return false;
        }
        if (i + 1 < steps.length && !isGroup(file, at)) {
          return false;
        }
      }
      return true;
    }
  }

  private static void requireFollowed(int kind, Supplier<String> where) {
    if (kind == LibHdf5.LINK_EXTERNAL) {
      throw new InputException(
          "%s is a link into another file, which is not followed; expected it in the file itself."
              .formatted(where.get()));
    }
    if (kind != LibHdf5.LINK_HARD && kind != LibHdf5.LINK_SOFT) {
      throw new InputException(
          "%s is a link of the unknown kind %d; expected it in the file itself."
              .formatted(where.get(), kind));
    }
  }

  private static boolean leadsToObject(long file, long path, Supplier<String> where) {
    try {
      return LibHdf5.OBJECT_EXISTS.call(file, path, 0) > 0;
    } catch (Hdf5Exception e) {
      if (e.getMessage().contains("too many links")) {
        throw new InputException(
            "%s is a link that leads in a circle, or through more than 16 others; expected it in the file itself."
                .formatted(where.get()),
            e);
      }
      throw e;
    }
  }

  /** {@return the path with one slash before each step} */
  static String normal(String path) {
    StringBuilder out = new StringBuilder();
    for (String step : path.split("/")) {
      if (!step.isEmpty()) {
        out.append('/').append(step);
      }
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  /** {@return the path of a group ready for what is in it to follow; of the root, nothing} */
  static String inside(String group) {
    String normal = normal(group).substring(1);
    return normal.isEmpty() ? "" : normal + "/";
  }

  private static boolean isGroup(long file, long path) {
    try (Handle object = new Handle(LibHdf5.OBJECT_OPEN.call(file, path, 0))) {
      return LibHdf5.ID_TYPE.call(object.id()) == LibHdf5.ID_GROUP;
    }
  }

  /** Is called by libhdf5, once per link; nothing may be thrown out of it. */
  @SuppressWarnings({"unused", "restricted"})
  private static int visit(long group, MemorySegment name, MemorySegment info, MemorySegment data) {
    FOUND.add(name.reinterpret(Long.MAX_VALUE).getString(0, ISO_8859_1));
    return 0;
  }

  @SuppressWarnings("restricted")
  private static MemorySegment visitor() {
    MethodType type =
        MethodType.methodType(
            int.class, long.class, MemorySegment.class, MemorySegment.class, MemorySegment.class);
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().findStatic(Links.class, "visit", type),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The method is in this class", e);
    }
  }
}
