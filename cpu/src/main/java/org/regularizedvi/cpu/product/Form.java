package org.regularizedvi.cpu.product;

/** Says which operands of a product are transposed. */
enum Form {
  /** a b. */
  TIMES(false, false),
  /** a b'. */
  TIMES_TRANSPOSED(false, true),
  /** a' b. */
  TRANSPOSED_TIMES(true, false);

  private final boolean first;
  private final boolean second;

  Form(boolean first, boolean second) {
    this.first = first;
    this.second = second;
  }

  /** {@return whether a is transposed} */
  boolean first() {
    return first;
  }

  /** {@return whether b is transposed} */
  boolean second() {
    return second;
  }
}
