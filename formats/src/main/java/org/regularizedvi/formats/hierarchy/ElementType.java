package org.regularizedvi.formats.hierarchy;

/**
 * Says what one element of an array is.
 *
 * @param bytes size in the file
 * @param signed whether an integer has a sign; true for anything else
 */
public record ElementType(Kind kind, int bytes, boolean signed) {
  public static final ElementType INT8 = new ElementType(Kind.INTEGER, Byte.BYTES, true);
  public static final ElementType INT16 = new ElementType(Kind.INTEGER, Short.BYTES, true);
  public static final ElementType INT32 = new ElementType(Kind.INTEGER, Integer.BYTES, true);
  public static final ElementType UINT32 = new ElementType(Kind.INTEGER, Integer.BYTES, false);
  public static final ElementType INT64 = new ElementType(Kind.INTEGER, Long.BYTES, true);
  public static final ElementType FLOAT32 = new ElementType(Kind.FLOAT, Float.BYTES, true);
  public static final ElementType FLOAT64 = new ElementType(Kind.FLOAT, Double.BYTES, true);

  /** A truth value. */
  public static final ElementType FLAG = new ElementType(Kind.BOOLEAN, 1, true);

  /** Kinds of elements; COMPOUND is a record of several fields. */
  public enum Kind {
    INTEGER,
    FLOAT,
    BOOLEAN,
    TEXT,
    COMPOUND,
    OTHER
  }

  /** Tells whether every value of this type is also a float32. */
  public boolean exactInFloat() {
    return switch (kind) {
      case INTEGER -> bytes <= Short.BYTES;
      case FLOAT -> bytes <= Float.BYTES;
      case BOOLEAN -> true;
      case TEXT, COMPOUND, OTHER -> false;
    };
  }

  /** Tells whether elements can be read as numbers. */
  public boolean numeric() {
    return kind == Kind.INTEGER || kind == Kind.FLOAT || kind == Kind.BOOLEAN;
  }

  /** Names the type as a reader of messages knows it: int64, uint8, float32, bool, string. */
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
