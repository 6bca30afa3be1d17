package org.regularizedvi.core.differential;

/**
 * Samples of the expression of some features in two groups.
 *
 * @param first the first group's samples, feature by feature
 * @param second the second group's samples, feature by feature
 * @param features the number of features
 */
public record FeatureSamples(float[] first, float[] second, int features) {
  int firstSamples() {
    return first.length / features;
  }

  int secondSamples() {
    return second.length / features;
  }

  double mean1(int feature) {
    return mean(first, feature, firstSamples());
  }

  double mean2(int feature) {
    return mean(second, feature, secondSamples());
  }

  /** {@return the share of pairs in which the sample of the first group is higher} */
  double shareHigher(int feature, Pairs pairs) {
    int start1 = feature * firstSamples();
    int start2 = feature * secondSamples();
    int higher = 0;
    for (int i = 0; i < pairs.size(); i++) {
      higher += first[start1 + pairs.first()[i]] > second[start2 + pairs.second()[i]] ? 1 : 0;
    }
    return (double) higher / pairs.size();
  }

  /**
   * {@return the largest of the first group's samples that are in pairs}
   *
   * @param feature the place of the feature
   * @param pairs which samples are held against each other
   */
  public double max1(int feature, Pairs pairs) {
    return max(first, feature * firstSamples(), pairs.first());
  }

  /**
   * {@return the largest of the second group's samples that are in pairs}
   *
   * @param feature the place of the feature
   * @param pairs which samples are held against each other
   */
  public double max2(int feature, Pairs pairs) {
    return max(second, feature * secondSamples(), pairs.second());
  }

  private static double mean(float[] values, int feature, int samples) {
    double sum = 0;
    for (int i = feature * samples; i < (feature + 1) * samples; i++) {
      sum += values[i];
    }
    return sum / samples;
  }

  private static double max(float[] values, int start, int[] places) {
    double max = Double.NEGATIVE_INFINITY;
    for (int place : places) {
      max = Math.max(max, values[start + place]);
    }
    return max;
  }
}
