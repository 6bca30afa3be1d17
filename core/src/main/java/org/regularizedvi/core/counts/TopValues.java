package org.regularizedvi.core.counts;

/**
 * Keeps the largest values of each feature, a fixed number of them, in a heap for each feature with
 * the smallest kept value on top. Values are not negative; a value that was never offered counts as
 * 0.
 */
public final class TopValues {
  private final int kept;
  private final float[] heaps;

  /**
   * Makes empty heaps.
   *
   * @param features the number of features
   * @param kept the number of values kept per feature; memory is that of {@code features * kept}
   *     floats
   */
  TopValues(int features, int kept) {
    this.kept = kept;
    this.heaps = new float[Math.multiplyExact(features, kept)];
  }

  void offer(int feature, float value) {
    int base = feature * kept;
    if (value <= heaps[base]) {
      return;
    }
    int at = 0;
    for (int child = 1; child < kept; child = 2 * at + 1) {
      if (child + 1 < kept && heaps[base + child + 1] < heaps[base + child]) {
        child++;
      }
      if (heaps[base + child] >= value) {
        break;
      }
      heaps[base + at] = heaps[base + child];
      at = child;
    }
    heaps[base + at] = value;
  }

  /**
   * {@return the mean of the kept values of a feature}
   *
   * @param feature the place of the feature
   */
  public double mean(int feature) {
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += heaps[feature * kept + i];
    }
    return sum / kept;
  }
}
