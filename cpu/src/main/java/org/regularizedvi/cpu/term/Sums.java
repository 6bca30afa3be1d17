package org.regularizedvi.cpu.term;

/** Adds up numbers in double precision: four sums side by side, added in their order. */
final class Sums {
  private Sums() {}

  /** {@return the sum of the first so many numbers} */
  static double of(float[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return a + b + c + d;
  }

  /** {@return the sum of the products of the first so many numbers of both} */
  static double ofProducts(float[] left, float[] right, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += (double) left[i] * right[i];
      b += (double) left[i + 1] * right[i + 1];
      c += (double) left[i + 2] * right[i + 2];
      d += (double) left[i + 3] * right[i + 3];
    }
    for (; i < count; i++) {
      a += (double) left[i] * right[i];
    }
    return a + b + c + d;
  }
}
