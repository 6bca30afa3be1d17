package org.regularizedvi.formats.hdf5;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.ElementType.Kind;

/** Tells what the types of libhdf5 are; BOOLEAN is an enumeration of FALSE and TRUE. */
final class H5Types {
  static final int CLASS_COMPOUND = 6;

  private static final int CLASS_INTEGER = 0;
  private static final int CLASS_FLOAT = 1;
  private static final int CLASS_STRING = 3;
  private static final int CLASS_ENUM = 8;

  /** The bytes of the largest numbers in floating point that NumPy has. */
  private static final int LARGEST_FLOAT = 16;

  private H5Types() {}

  /**
   * Tells what a type of libhdf5 is.
   *
   * @throws Hdf5Exception when its numbers are laid out as no computer has them: a damaged type
   *     would make other numbers of all values
   */
  static ElementType of(long type) {
    long size = LibHdf5.TYPE_SIZE.call(type);
    if (size > Integer.MAX_VALUE) {
      throw new Hdf5Exception(
          List.of("one element is said to take %,d bytes: the file is damaged".formatted(size)));
    }
    int bytes = (int) size;
    return switch ((int) LibHdf5.TYPE_CLASS.call(type)) {
      case CLASS_INTEGER -> {
        require(usesAllBits(type, bytes), "integers that leave bits of theirs unused");
        yield new ElementType(Kind.INTEGER, bytes, LibHdf5.TYPE_SIGN.call(type) != 0);
      }
      case CLASS_FLOAT -> {
        require(isIeee(type, bytes), "numbers that are not IEEE floating point");
        yield new ElementType(Kind.FLOAT, bytes, true);
      }
      case CLASS_STRING -> new ElementType(Kind.TEXT, bytes, true);
      case CLASS_COMPOUND -> new ElementType(Kind.COMPOUND, bytes, true);
      case CLASS_ENUM -> {
        boolean truth = members(type).equals(List.of("FALSE", "TRUE"));
        require(usesAllBits(type, bytes), "integers that leave bits of theirs unused");
        yield new ElementType(truth ? Kind.BOOLEAN : Kind.OTHER, bytes, true);
      }
      default -> new ElementType(Kind.OTHER, bytes, true);
    };
  }

  private static void require(boolean usual, String found) {
    if (!usual) {
      throw new Hdf5Exception(List.of("its type has %s: the file is damaged".formatted(found)));
    }
  }

  private static boolean usesAllBits(long type, int bytes) {
    return LibHdf5.TYPE_PRECISION.call(type) == (long) bytes * Byte.SIZE
        && LibHdf5.TYPE_OFFSET.call(type) == 0;
  }

  /**
   * Of a type of another size than these asks only that some computer has such numbers: libhdf5
   * dies of some that nobody has.
   */
  private static boolean isIeee(long type, int bytes) {
    int exponent =
        switch (bytes) {
          case Short.BYTES -> 5;
          case Float.BYTES -> 8;
          case Double.BYTES -> 11;
          default -> 0;
        };
    return exponent == 0 && bytes <= LARGEST_FLOAT
        || exponent > 0
            && usesAllBits(type, bytes)
            && LibHdf5.TYPE_EXPONENT_BIAS.call(type) == (1L << exponent - 1) - 1
            && fields(type).equals(ieeeFields(bytes * Byte.SIZE, exponent));
  }

  private static List<Long> ieeeFields(long bits, long exponent) {
    long mantissa = bits - 1 - exponent;
    return List.of(bits - 1, mantissa, exponent, 0L, mantissa);
  }

  /** {@return the places of sign and exponent, the exponent's bits, the same of the mantissa} */
  private static List<Long> fields(long type) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(ValueLayout.JAVA_LONG, 5);
      long at = found.address();
      LibHdf5.TYPE_FIELDS.call(type, at, at + 8, at + 16, at + 24, at + 32);
      return Arrays.stream(found.toArray(ValueLayout.JAVA_LONG)).boxed().toList();
    }
  }

  /** {@return the names of the members of a record or enumeration} */
  @SuppressWarnings("restricted")
  static List<String> members(long type) {
    int count = (int) LibHdf5.TYPE_MEMBERS.call(type);
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long name = LibHdf5.TYPE_MEMBER_NAME.call(type, i);
      names.add(MemorySegment.ofAddress(name).reinterpret(Long.MAX_VALUE).getString(0));
      LibHdf5.FREE.call(name);
    }
    return names;
  }
}
