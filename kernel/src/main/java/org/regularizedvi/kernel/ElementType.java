package org.regularizedvi.kernel;

/** How logits lie in memory. */
public enum ElementType {
  FLOAT32(4),
  /** The upper half of a float32; written with rounding to nearest, ties to even. */
  BFLOAT16(2);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
