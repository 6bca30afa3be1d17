package org.regularizedvi.formats.hdf5;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import org.regularizedvi.formats.hierarchy.ElementType;

/**
 * Names the types that numbers have in our memory; libhdf5 converts from whatever the file holds.
 */
enum Native {
  INT8("H5T_NATIVE_SCHAR_g", ValueLayout.JAVA_BYTE),
  UINT8("H5T_NATIVE_UCHAR_g", ValueLayout.JAVA_BYTE),
  INT16("H5T_NATIVE_SHORT_g", ValueLayout.JAVA_SHORT),
  UINT16("H5T_NATIVE_USHORT_g", ValueLayout.JAVA_SHORT),
  INT32("H5T_NATIVE_INT_g", ValueLayout.JAVA_INT),
  UINT32("H5T_NATIVE_UINT_g", ValueLayout.JAVA_INT),
  INT64("H5T_NATIVE_LLONG_g", ValueLayout.JAVA_LONG),
  UINT64("H5T_NATIVE_ULLONG_g", ValueLayout.JAVA_LONG),
  FLOAT32("H5T_NATIVE_FLOAT_g", ValueLayout.JAVA_FLOAT),
  FLOAT64("H5T_NATIVE_DOUBLE_g", ValueLayout.JAVA_DOUBLE);

  private final String variable;
  private final MemoryLayout layout;

  Native(String variable, MemoryLayout layout) {
    this.variable = variable;
    this.layout = layout;
  }

  /** Returns the type of numbers that have one here. */
  static Native of(ElementType type) {
    return switch (type.kind()) {
      case INTEGER ->
          switch (type.bytes()) {
            case Byte.BYTES -> type.signed() ? INT8 : UINT8;
            case Short.BYTES -> type.signed() ? INT16 : UINT16;
            case Integer.BYTES -> type.signed() ? INT32 : UINT32;
            default -> type.signed() ? INT64 : UINT64;
          };
      case FLOAT -> type.bytes() == Float.BYTES ? FLOAT32 : FLOAT64;
      case BOOLEAN, TEXT, COMPOUND, OTHER ->
          throw new IllegalArgumentException(type.describe() + " is no number");
    };
  }

  /** Returns libhdf5's id of the type, which needs no closing. */
  long id() {
    return Function.global(variable);
  }

  int bytes() {
    return (int) layout.byteSize();
  }
}
