package org.regularizedvi.kernel;

/** The number type in which logits lie in memory. */
public enum ElementType {
  /** IEEE single precision. */
  FLOAT32(4),
  /** The upper half of a float32; written with rounding to nearest, ties to even. */
  BFLOAT16(2);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** {@return the size of one element in bytes} */
  public int bytes() {
    return bytes;
  }
}
