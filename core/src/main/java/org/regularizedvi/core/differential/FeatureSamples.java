package org.regularizedvi.core.differential;

/**
 * Samples of some features' expression in two groups.
 *
 * @param first for each feature the first group's samples, one feature after another
 * @param second the second group's
 * @param features how many
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

  /** The share of pairs in which the first group's sample is higher. */
  double shareHigher(int feature, Pairs pairs) {
    int start1 = feature * firstSamples();
    int start2 = feature * secondSamples();
    int higher = 0;
    for (int i = 0; i < pairs.size(); i++) {
      higher += first[start1 + pairs.first()[i]] > second[start2 + pairs.second()[i]] ? 1 : 0;
    }
    return (double) higher / pairs.size();
  }

  /** The largest of the first group's samples that are in pairs. */
  public double max1(int feature, Pairs pairs) {
    return max(first, feature * firstSamples(), pairs.first());
  }

  /** The largest of the second group's samples that are in pairs. */
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
