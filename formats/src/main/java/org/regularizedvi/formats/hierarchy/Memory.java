package org.regularizedvi.formats.hierarchy;

import org.regularizedvi.input.InputException;

/** Checks sizes that a file states before memory is taken for them. */
public final class Memory {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Memory() {}

  /**
   * {@return the number of elements of a shape}
   *
   * @param shape the length of each axis
   * @param where names the array for a message
   * @throws InputException when it is beyond 2^63
   */
  public static long elements(long[] shape, String where) {
    long product = 1;
    for (long extent : shape) {
      long high = Math.multiplyHigh(product, extent);
      product *= extent;
      if (high != 0 || product < 0) {
        throw new InputException(where + " states a size beyond 2^63: the file is damaged.");
      }
    }
    return product;
  }

  /**
   * {@return a number of elements as the length of an array}
   *
   * @param elements the number of elements, 0 or more
   * @param bytesEach the bytes of one element
   * @param where names the array for a message
   * @throws InputException when an array of that length cannot exist, or not in this JVM's heap
   */
  public static int arrayLength(long elements, int bytesEach, String where) {
    if (elements > LONGEST_ARRAY) {
      throw new InputException(
          "%s has %,d elements; at most %,d can be read at once."
              .formatted(where, elements, LONGEST_ARRAY));
    }
    long limit = Runtime.getRuntime().maxMemory();
    if (elements * bytesEach > limit) {
      throw new InputException(
          "%s needs %,d MB of memory, but the JVM may take %,d MB; give it more with -Xmx."
              .formatted(where, elements * bytesEach >> 20, limit >> 20));
    }
    return (int) elements;
  }
}
