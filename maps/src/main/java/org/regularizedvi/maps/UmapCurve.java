package org.regularizedvi.maps;

/**
 * UMAP's similarity of points in the plane, 1 / (1 + a d^(2b)) at distance d.
 *
 * @param a scales the distance
 * @param b sets how steeply the similarity falls
 */
public record UmapCurve(double a, double b) {
  private static final int PLACES = 300;
  private static final int STEPS = 500;

  /**
   * Fits a and b by least squares (Levenberg and Marquardt's method from a = b = 1), so that the
   * curve follows 1 up to {@code minDist} and then exp(-(d - minDist) / spread), at 300 places from
   * 0 to three times the spread. This is umap-learn's {@code find_ab_params}.
   *
   * @param spread how far apart points lie in the plane, above 0
   * @param minDist how near to each other points may come, 0 or more
   * @return the curve
   */
  public static UmapCurve of(double spread, double minDist) {
    UmapCurve curve = new UmapCurve(1, 1);
    double damping = 1e-3;
    for (int step = 0; step < STEPS; step++) {
      UmapCurve better = curve.step(spread, minDist, damping);
      if (better.a > 0 && better.error(spread, minDist) < curve.error(spread, minDist)) {
        curve = better;
        damping /= 4;
      } else {
        damping *= 4;
      }
    }
    return curve;
  }

  private static double place(int i, double spread) {
    return 3 * spread * i / (PLACES - 1);
  }

  private static double target(double x, double spread, double minDist) {
    return x < minDist ? 1 : Math.exp(-(x - minDist) / spread);
  }

  private double at(double x) {
    return 1 / (1 + a * Math.pow(x, 2 * b));
  }

  private double error(double spread, double minDist) {
    double sum = 0;
    for (int i = 0; i < PLACES; i++) {
      double x = place(i, spread);
      double miss = at(x) - target(x, spread, minDist);
      sum += miss * miss;
    }
    return sum;
  }

  /** Solves (J'J with its diagonal raised) step = -J' misses. */
  private UmapCurve step(double spread, double minDist, double damping) {
    double aa = 0;
    double ab = 0;
    double bb = 0;
    double missA = 0;
    double missB = 0;
    for (int i = 1; i < PLACES; i++) { // at 0 the curve is 1 whatever a and b
      double x = place(i, spread);
      double value = at(x);
      double byA = -value * value * Math.pow(x, 2 * b);
      double byB = byA * a * 2 * Math.log(x);
      double miss = value - target(x, spread, minDist);
      aa += byA * byA;
      ab += byA * byB;
      bb += byB * byB;
      missA += byA * miss;
      missB += byB * miss;
    }
    aa *= 1 + damping;
    bb *= 1 + damping;
    double determinant = aa * bb - ab * ab;
    return new UmapCurve(
        a - (bb * missA - ab * missB) / determinant, b - (aa * missB - ab * missA) / determinant);
  }
}
