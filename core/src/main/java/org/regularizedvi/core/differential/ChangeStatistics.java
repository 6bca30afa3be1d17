package org.regularizedvi.core.differential;

import java.util.Arrays;

/**
 * Sums up samples of the log2 fold change of a feature, r = log2(a + c) - log2(b + c), where a and
 * b are the expression in the two groups and c the pseudocounts.
 *
 * @param probaDe the probability of r &gt;= delta or that of r &lt; -delta, whichever is larger
 * @param mean the mean fold change; this and the following are computed with a thousandth of the
 *     pseudocounts
 * @param median the median fold change
 * @param std the standard deviation over the samples (divided by their number, not by one less)
 * @param min the smallest fold change
 * @param max the largest fold change
 */
record ChangeStatistics(
    double probaDe, double mean, double median, double std, double min, double max) {
  private static final double LN_2 = Math.log(2);
  private static final double REDUCED = 1e-3;

  static ChangeStatistics of(
      FeatureSamples samples, int feature, Pairs pairs, double delta, double pseudocounts) {
    double[] change = changes(samples, feature, pairs, pseudocounts);
    int up = 0;
    int down = 0;
    for (double r : change) {
      up += r >= delta ? 1 : 0;
      down += r < -delta ? 1 : 0;
    }
    double probaDe = (double) Math.max(up, down) / change.length;
    double[] plain = changes(samples, feature, pairs, REDUCED * pseudocounts);
    double mean = Arrays.stream(plain).sum() / plain.length;
    double squares = 0;
    for (double r : plain) {
      squares += (r - mean) * (r - mean);
    }
    Arrays.sort(plain);
    int half = plain.length / 2;
    double median = plain.length % 2 == 1 ? plain[half] : (plain[half - 1] + plain[half]) / 2;
    return new ChangeStatistics(
        probaDe,
        mean,
        median,
        Math.sqrt(squares / plain.length),
        plain[0],
        plain[plain.length - 1]);
  }

  private static double[] changes(
      FeatureSamples samples, int feature, Pairs pairs, double pseudocounts) {
    double[] first = logs(samples.first(), feature, samples.firstSamples(), pseudocounts);
    double[] second = logs(samples.second(), feature, samples.secondSamples(), pseudocounts);
    double[] changes = new double[pairs.size()];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = first[pairs.first()[i]] - second[pairs.second()[i]];
    }
    return changes;
  }

  private static double[] logs(float[] values, int feature, int samples, double pseudocounts) {
    double[] logs = new double[samples];
    for (int i = 0; i < samples; i++) {
      logs[i] = Math.log(values[feature * samples + i] + pseudocounts) / LN_2;
    }
    return logs;
  }
}
