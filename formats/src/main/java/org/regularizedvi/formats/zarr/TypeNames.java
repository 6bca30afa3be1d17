package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regularizedvi.formats.hierarchy.ElementType.Kind;

/** Reads the names of types in an array's metadata. */
final class TypeNames {
  /** NumPy's: byte order, kind, bytes (of text, characters), and for times a unit. */
  private static final Pattern NUMPY = Pattern.compile("([<>|])([a-zA-Z])(\\d{0,8})(\\[.*])?");

  private static final Pattern INTEGER = Pattern.compile("(u?)int(8|16|32|64)");
  private static final Pattern FLOAT = Pattern.compile("float(16|32|64)");

  private TypeNames() {}

  /** Holds a type of version 2, whose name tells the order of bytes. */
  record Ordered(ElementFormat format, ByteOrder order) {}

  /**
   * {@return the type that version 2 names}
   *
   * @param texts whether a filter tells that objects are texts
   */
  static Ordered version2(Fields metadata, boolean texts) {
    JsonNode dtype = metadata.get("dtype");
    if (dtype.isArray()) {
      return new Ordered(RecordTypes.version2(metadata), ByteOrder.LITTLE_ENDIAN);
    }
    Matcher name = NUMPY.matcher(metadata.text("dtype"));
    if (!name.matches()) {
      throw metadata.unexpected("dtype", "a type of NumPy such as \"<f4\"");
    }
    int size = name.group(3).isEmpty() ? 0 : Integer.parseInt(name.group(3));
    ElementFormat format =
        switch (name.group(2)) {
          case "b" -> number(Kind.BOOLEAN, size, true);
          case "i" -> number(Kind.INTEGER, size, true);
          case "u" -> number(Kind.INTEGER, size, false);
          case "f" -> number(Kind.FLOAT, size, true);
          case "U" -> new ElementFormat.Utf32(size * Integer.BYTES);
          case "S" -> new ElementFormat.Padded(size);
          case "O" -> texts ? new ElementFormat.Varying() : new ElementFormat.Unread(Kind.OTHER, 0);
          default -> new ElementFormat.Unread(Kind.OTHER, size);
        };
    boolean big = name.group(1).equals(">");
    return new Ordered(format, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** {@return the type that version 3 names, or an extension of it} */
  static ElementFormat version3(Fields metadata) {
    if (!metadata.has("data_type")) {
      throw metadata.unexpected("data_type", "the name of a type");
    }
    Extension type = Extension.of(metadata.get("data_type"), "data_type", metadata);
    Matcher integer = INTEGER.matcher(type.name());
    if (integer.matches()) {
      int bits = Integer.parseInt(integer.group(2));
      return number(Kind.INTEGER, bits / Byte.SIZE, integer.group(1).isEmpty());
    }
    Matcher real = FLOAT.matcher(type.name());
    if (real.matches()) {
      return number(Kind.FLOAT, Integer.parseInt(real.group(1)) / Byte.SIZE, true);
    }
    return switch (type.name()) {
      case "bool" -> number(Kind.BOOLEAN, 1, true);
      case "string" -> new ElementFormat.Varying();
      case "fixed_length_utf32" -> new ElementFormat.Utf32(length(type.settings()));
      case "null_terminated_bytes" -> new ElementFormat.Padded(length(type.settings()));
      case "struct", "structured" -> RecordTypes.version3(metadata, type.settings());
      default -> new ElementFormat.Unread(Kind.OTHER, 0);
    };
  }

  private static int length(Fields settings) {
    JsonNode length = settings.get("length_bytes");
    if (!length.isInt() || length.intValue() < 0) {
      throw settings.unexpected("length_bytes", "a number of bytes");
    }
    return length.intValue();
  }

  /** {@return a type of numbers if it has a usual size} */
  private static ElementFormat number(Kind kind, int bytes, boolean signed) {
    boolean usual =
        switch (kind) {
          case BOOLEAN -> bytes == 1;
          case FLOAT -> bytes == Short.BYTES || bytes == Float.BYTES || bytes == Double.BYTES;
          default -> bytes == 1 || bytes == 2 || bytes == Integer.BYTES || bytes == Long.BYTES;
        };
    return usual
        ? ElementFormat.Numeric.of(kind, bytes, signed)
        : new ElementFormat.Unread(Kind.OTHER, bytes);
  }
}
