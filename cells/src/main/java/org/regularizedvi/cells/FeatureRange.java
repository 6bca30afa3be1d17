package org.regularizedvi.cells;

/**
 * Stands for the features {@code [from, to)} of a modality.
 *
 * @param from the place of the first
 * @param to the place after the last
 */
public record FeatureRange(int from, int to) {
  /**
   * {@return all features of a modality}
   *
   * @param features their number
   */
  public static FeatureRange all(int features) {
    return new FeatureRange(0, features);
  }

  /** {@return how many they are} */
  public int size() {
    return to - from;
  }
}
