package org.regularizedvi.core.shape;

import java.util.Arrays;

/**
 * Says where a tensor has a place for every category of some keys: along one axis, from an offset
 * to its end, key by key.
 *
 * @param axis the axis, counted from 0
 * @param offset the place of the first category along it
 * @param sizes the number of categories of each key
 * @param leastSize a key with fewer categories has no place: 2 for one-hot columns, otherwise 1
 */
public record CategoryAxis(int axis, int offset, int[] sizes, int leastSize) {
  /**
   * {@return an axis with a place for every category and nothing before them}
   *
   * @param axis the axis
   * @param sizes the number of categories of each key
   */
  public static CategoryAxis of(int axis, int... sizes) {
    return new CategoryAxis(axis, 0, sizes, 1);
  }

  /** {@return a linear map's one-hot columns, behind its inputs} */
  static CategoryAxis oneHot(int inputs, int[] sizes) {
    return new CategoryAxis(1, inputs, sizes, 2);
  }

  boolean has(int key) {
    return sizes[key] >= leastSize;
  }

  /** {@return the place of a key's first category} */
  int first(int key) {
    return offset + Arrays.stream(sizes, 0, key).filter(size -> size >= leastSize).sum();
  }
}
