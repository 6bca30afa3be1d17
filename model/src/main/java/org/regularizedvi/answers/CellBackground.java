package org.regularizedvi.answers;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.FeaturePlaces;

/**
 * Estimates how many times the background that the model expects a cell has: droplets of a sample
 * catch more or less of the same ambient RNA, for which the model has no parameter.
 *
 * <p>What tells are the features O of which the cell itself has little, in the order of rho / s,
 * lowest first, until they have a tenth of the expected background. The estimate a is the maximum
 * of
 *
 * <pre>
 *   sum over O of log p(x | mean exp(l) (rho + a s) y, inverse dispersion theta)  +  4 (log a - a)
 * </pre>
 *
 * <p>with the model's own likelihood, and l, rho and theta as they are. The last term, of the
 * prior, is as if four ambient counts had been seen where four were expected: a cell whose counts
 * tell nothing has what the model expects. Of the other features the cell has so much that what the
 * decoder gets wrong would be taken for ambient RNA.
 *
 * <p>It is found by expectation and maximisation: a count is Poisson with a rate that is u times
 * the mean, u being Gamma(theta, theta); given the counts u is (theta + x) / (theta + mean) on
 * average, and a s / (rho + a s) of the x are ambient.
 */
final class CellBackground {
  /** The share of the expected background that the features must have that tell. */
  private static final double TELLING = 0.1;

  private static final double PRIOR_COUNTS = 4;

  private static final double PRECISION = 1e-5;
  private static final int MOST_STEPS = 1000;

  private final boolean[] known;
  private final long[] order;
  private final float[] countOf;

  /**
   * Prepares for one cell after another, on one thread.
   *
   * @param places of the model's features in the file; those that it lacks tell nothing
   */
  CellBackground(FeaturePlaces places) {
    int features = places.columnOf().length;
    this.known = new boolean[features];
    for (int g = 0; g < features; g++) {
      known[g] = places.columnOf()[g] >= 0;
    }
    this.order = new long[features];
    this.countOf = new float[features];
  }

  /**
   * Holds what a decoder says of some cells, cells x features each.
   *
   * @param rho their expression
   * @param s their background
   * @param y their scaling
   * @param theta their inverse dispersion
   */
  record Decoded(float[] rho, float[] s, float[] y, float[] theta) {}

  /**
   * {@return a, above 0}
   *
   * @param counts of some cells
   * @param row the cell among them
   * @param decoded of the same cells
   * @param exposure what the cell's expression is multiplied by to give counts, besides y
   */
  double of(SparseRows counts, int row, Decoded decoded, double exposure) {
    int first = row * known.length;
    int telling = choose(first, decoded);
    Arrays.fill(countOf, 0);
    for (int i = counts.indptr()[row]; i < counts.indptr()[row + 1]; i++) {
      countOf[counts.indices()[i]] = counts.values()[i];
    }
    double times = 1;
    for (int step = 0; step < MOST_STEPS; step++) {
      double next = next(telling, first, decoded, exposure, times);
      boolean there = Math.abs(next - times) < PRECISION * times;
      times = next;
      if (there) {
        break;
      }
    }
    return times;
  }

  /**
   * Puts the features that tell first in the order.
   *
   * @param first place of the cell's first feature
   * @return their number
   */
  private int choose(int first, Decoded decoded) {
    int candidates = 0;
    double all = 0;
    for (int g = 0; g < known.length; g++) {
      float s = decoded.s[first + g];
      if (known[g] && s > 0) {
        // Floats that are not negative are in the order of their bits.
        long ratio = Float.floatToRawIntBits(decoded.rho[first + g] / s);
        order[candidates++] = ratio << Integer.SIZE | g;
        all += (double) s * decoded.y[first + g];
      }
    }
    Arrays.sort(order, 0, candidates);
    int telling = 0;
    for (double sum = 0; telling < candidates && sum < TELLING * all; telling++) {
      int at = first + (int) order[telling];
      sum += (double) decoded.s[at] * decoded.y[at];
    }
    return telling;
  }

  /** {@return the ambient counts over what is expected of them, at a number of backgrounds} */
  private double next(int telling, int first, Decoded decoded, double exposure, double times) {
    double ambient = PRIOR_COUNTS;
    double expected = PRIOR_COUNTS;
    for (int i = 0; i < telling; i++) {
      int g = (int) order[i];
      int at = first + g;
      double background = times * decoded.s[at];
      double all = decoded.rho[at] + background;
      double scale = exposure * decoded.y[at];
      double u = (decoded.theta[at] + countOf[g]) / (decoded.theta[at] + scale * all);
      ambient += countOf[g] * background / all;
      expected += u * scale * decoded.s[at];
    }
    return ambient / expected;
  }
}
