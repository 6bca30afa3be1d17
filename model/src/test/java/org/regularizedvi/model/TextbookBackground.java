package org.regularizedvi.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How many backgrounds a cell has, in double precision, by a search for the maximum. */
final class TextbookBackground {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private TextbookBackground() {}

  /**
   * Looks for the maximum of the posterior of a, whose prior is as if four ambient counts had been
   * seen where four were expected, by those features with the lowest rho / s that have a twentieth
   * of the expected background.
   *
   * @param size the cell's library size
   */
  static double times(
      float[] x, double[] rho, double[] s, double[] y, double[] theta, double size) {
    double all = IntStream.range(0, x.length).mapToDouble(g -> s[g] * y[g]).sum();
    List<Integer> order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(g -> rho[g] / s[g]))
            .toList();
    double chosen = 0;
    int count = 0;
    while (chosen < 0.1 * all) {
      int g = order.get(count++);
      chosen += s[g] * y[g];
    }
    List<Integer> telling = order.subList(0, count);
    double low = 1e-6;
    double high = 1e3;
    while (high - low > 1e-9 * high) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (posterior(left, telling, x, rho, s, y, theta, size)
          < posterior(right, telling, x, rho, s, y, theta, size)) {
        low = left;
      } else {
        high = right;
      }
    }
    return (low + high) / 2;
  }

  private static double posterior(
      double a,
      List<Integer> telling,
      float[] x,
      double[] rho,
      double[] s,
      double[] y,
      double[] theta,
      double size) {
    double sum = 4 * (Math.log(a) - a);
    for (int g : telling) {
      double mu = size * (rho[g] + a * s[g]) * y[g];
      // What the log of a negative binomial probability has that depends on mu.
      sum += x[g] * Math.log(mu) - (theta[g] + x[g]) * Math.log(theta[g] + mu);
    }
    return sum;
  }
}
