package org.regularizedvi.core.term;

/**
 * Holds mean and spread of some numbers.
 *
 * @param mean their mean, NaN of none
 * @param spread their standard deviation, with their own number as divisor
 */
public record Moments(double mean, double spread) {
  /**
   * {@return the moments of numbers}
   *
   * @param values the numbers
   */
  public static Moments of(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value;
    }
    mean /= values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Moments(mean, Math.sqrt(squares / values.length));
  }
}
