package org.regularizedvi.answers;

import org.regularizedvi.kernel.special.Gammas;

/**
 * Draws from Binomial(n, p) by inversion, the values taken in the order of their distance from the
 * mode, which takes about as many steps as the standard deviation is large.
 */
final class BinomialDraw {
  private BinomialDraw() {}

  /** {@return the most probable value: floor((n + 1) p), the larger one where there are two} */
  static int mode(int n, double p) {
    return (int) Math.min(n, Math.floor((n + 1.0) * p));
  }

  /**
   * {@return a draw, between 0 and n}
   *
   * @param u a uniform draw in [0, 1)
   */
  static int of(double u, int n, double p) {
    if (p <= 0 || p >= 1) {
      return p <= 0 ? 0 : n;
    }
    int mode = mode(n, p);
    double odds = p / (1 - p);
    double above =
        Math.exp(
            Gammas.logGamma(n + 1.0)
                - Gammas.logGamma(mode + 1.0)
                - Gammas.logGamma(n - mode + 1.0)
                + mode * Math.log(p)
                + (n - mode) * Math.log1p(-p));
    double below = above;
    double sum = above;
    int up = mode;
    int down = mode;
    while (u >= sum) {
      double before = sum;
      if (up < n) {
        above *= (n - up) / (up + 1.0) * odds;
        up++;
        sum += above;
        if (u < sum) {
          return up;
        }
      }
      if (down > 0) {
        below *= down / (n - down + 1.0) / odds;
        down--;
        sum += below;
        if (u < sum) {
          return down;
        }
      }
      if (sum == before) {
        return mode; // the sum has reached 1 as far as doubles can tell
      }
    }
    return mode;
  }
}
