package org.regularizedvi.formats.hierarchy;

/**
 * Says what one element of an array is.
 *
 * @param kind the kind of the element
 * @param bytes the size of one element, in bytes; 8 for text of any length
 * @param signed whether an integer has a sign; true for anything else
 */
public record ElementType(Kind kind, int bytes, boolean signed) {
  /** Signed whole numbers of 8 bits. */
  public static final ElementType INT8 = new ElementType(Kind.INTEGER, Byte.BYTES, true);

  /** Signed whole numbers of 16 bits. */
  public static final ElementType INT16 = new ElementType(Kind.INTEGER, Short.BYTES, true);

  /** Signed whole numbers of 32 bits. */
  public static final ElementType INT32 = new ElementType(Kind.INTEGER, Integer.BYTES, true);

  /** Unsigned whole numbers of 32 bits. */
  public static final ElementType UINT32 = new ElementType(Kind.INTEGER, Integer.BYTES, false);

  /** Signed whole numbers of 64 bits. */
  public static final ElementType INT64 = new ElementType(Kind.INTEGER, Long.BYTES, true);

  /** Floating point of 32 bits. */
  public static final ElementType FLOAT32 = new ElementType(Kind.FLOAT, Float.BYTES, true);

  /** Floating point of 64 bits. */
  public static final ElementType FLOAT64 = new ElementType(Kind.FLOAT, Double.BYTES, true);

  /** Truth values of one byte. */
  public static final ElementType FLAG = new ElementType(Kind.BOOLEAN, 1, true);

  /** Names the kinds of elements. */
  public enum Kind {
    /** The element is a whole number. */
    INTEGER,
    /** The element is a number in floating point. */
    FLOAT,
    /** The element is a truth value. */
    BOOLEAN,
    /** The element is a text. */
    TEXT,
    /** The element is a record of several fields. */
    COMPOUND,
    /** The element is neither a number nor text. */
    OTHER
  }

  /** {@return whether every value of this type is also a float32} */
  public boolean exactInFloat() {
    return switch (kind) {
      case INTEGER -> bytes <= Short.BYTES;
      case FLOAT -> bytes <= Float.BYTES;
      case BOOLEAN -> true;
      case TEXT, COMPOUND, OTHER -> false;
    };
  }

  /** {@return whether elements can be read as numbers} */
  public boolean numeric() {
    return kind == Kind.INTEGER || kind == Kind.FLOAT || kind == Kind.BOOLEAN;
  }

  /** {@return the type as a reader of messages knows it: int64, uint8, float32, bool, string} */
  public String describe() {
    return switch (kind) {
      case INTEGER -> (signed ? "int" : "uint") + bytes * Byte.SIZE;
      case FLOAT -> "float" + bytes * Byte.SIZE;
      case BOOLEAN -> "bool";
      case TEXT -> "string";
      case COMPOUND -> "record";
      case OTHER -> "neither numbers nor text";
    };
  }
}
