package org.regularizedvi.core.python;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Names the element types of tensors that a saved model may hold. */
enum StorageType {
  FLOAT("torch FloatStorage", 4),
  DOUBLE("torch DoubleStorage", 8),
  LONG("torch LongStorage", 8),
  INT("torch IntStorage", 4);

  private final String python;
  private final int bytes;

  StorageType(String python, int bytes) {
    this.python = python;
    this.bytes = bytes;
  }

  static boolean known(String name) {
    return Arrays.stream(values()).anyMatch(type -> type.python.equals(name));
  }

  /** {@return the type of an allowed name} */
  static StorageType of(String name) {
    return Arrays.stream(values())
        .filter(type -> type.python.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No storage " + name));
  }

  String python() {
    return python;
  }

  int bytes() {
    return bytes;
  }

  /** {@return the element at a place} */
  float get(ByteBuffer values, int place) {
    int at = Math.multiplyExact(place, bytes);
    return switch (this) {
      case FLOAT -> values.getFloat(at);
      case DOUBLE -> (float) values.getDouble(at);
      case LONG -> values.getLong(at);
      case INT -> values.getInt(at);
    };
  }
}
