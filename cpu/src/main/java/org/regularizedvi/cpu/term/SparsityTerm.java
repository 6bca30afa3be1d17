package org.regularizedvi.cpu.term;

import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Computes the prior of the absolute values of some units x, minus the log density of a = |x| +
 * 1e-8 under Gamma(s, 1), summed over the units; a cell that is not present has none.
 *
 * <pre>
 *   log Gamma(s) + a - (s - 1) log a      by x:  sign(x) (1 - (s - 1) / a)
 * </pre>
 *
 * <p>Where a unit is 0 its derivative is taken for 0, between those on either side.
 *
 * @param prior gives s
 */
public record SparsityTerm(Sparsity prior) {
  /**
   * Adds the term of some cells to what each cell has.
   *
   * @param xNK the units
   * @param present whether each cell has the term
   * @param from the first row
   * @param to the row after the last
   * @param natsN nats of each cell
   */
  public void addUp(Matrix xNK, boolean[] present, int from, int to, double[] natsN) {
    float[] x = new float[xNK.columns()];
    double constant = x.length * prior.logNormaliser();
    for (int n = from; n < to; n++) {
      if (present[n]) {
        xNK.copyRow(n, x);
        double sum = constant;
        for (float unit : x) {
          double a = Math.abs(unit) + Sparsity.LEAST;
          sum += a - (prior.shape() - 1) * Math.log(a);
        }
        natsN[n] += sum;
      }
    }
  }

  /**
   * Adds the derivatives of the term of some cells, times a factor, to the gradients by the units.
   *
   * @param xNK the units
   * @param present whether each cell has the term
   * @param factor what a nat of a cell adds to the loss
   * @param from the first row
   * @param to the row after the last
   * @param gradientNK gradients of the loss by the units
   */
  public void differentiate(
      Matrix xNK, boolean[] present, double factor, int from, int to, Matrix gradientNK) {
    float[] x = new float[xNK.columns()];
    float[] d = new float[x.length];
    for (int n = from; n < to; n++) {
      if (present[n]) {
        xNK.copyRow(n, x);
        gradientNK.copyRow(n, d);
        for (int k = 0; k < x.length; k++) {
          double a = Math.abs(x[k]) + Sparsity.LEAST;
          d[k] += (float) (factor * Math.signum(x[k]) * (1 - (prior.shape() - 1) / a));
        }
        gradientNK.setRow(n, d);
      }
    }
  }
}
