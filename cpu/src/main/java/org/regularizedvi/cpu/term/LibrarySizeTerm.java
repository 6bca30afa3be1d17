package org.regularizedvi.cpu.term;

import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.cpu.layer.Gaussian;

/**
 * Computes the divergence of q(l|x) = Normal(m, v) from the prior Normal(m_p, v_p) of the cell's
 * library group; a cell that lacks the modality has none.
 *
 * <pre>
 *   1/2 ((v + (m - m_p)^2) / v_p - 1 - log(v / v_p))
 *   by m:  (m - m_p) / v_p      by v:  1/2 (1 / v_p - 1 / v)
 * </pre>
 *
 * @param prior means and variances of the log library size, by group
 */
public record LibrarySizeTerm(LibraryPrior prior) {
  /**
   * Adds the divergence of some cells to what each cell has.
   *
   * @param q the distributions of l: N x 1
   * @param groups library group of each cell
   * @param present whether each cell has the modality
   * @param from the first row
   * @param to the row after the last
   * @param klN nats of each cell
   */
  public void divergence(
      Gaussian q, int[] groups, boolean[] present, int from, int to, double[] klN) {
    for (int n = from; n < to; n++) {
      if (present[n]) {
        klN[n] +=
            LibrarySize.divergence(
                q.mean().get(n, 0),
                q.variance().get(n, 0),
                prior.logMeans()[groups[n]],
                prior.logVars()[groups[n]]);
      }
    }
  }

  /**
   * Adds the derivatives of the divergence of some cells, times a factor, to the gradients by means
   * and variances.
   *
   * @param q the distributions of l: N x 1
   * @param groups library group of each cell
   * @param present whether each cell has the modality
   * @param factor what a nat of a cell adds to the loss
   * @param from the first row
   * @param to the row after the last
   */
  public void differentiate(
      Gaussian q, int[] groups, boolean[] present, double factor, int from, int to) {
    for (int n = from; n < to; n++) {
      if (present[n]) {
        double priorVariance = prior.logVars()[groups[n]];
        double away = q.mean().get(n, 0) - prior.logMeans()[groups[n]];
        double byVariance = 0.5 * (1 / priorVariance - 1.0 / q.variance().get(n, 0));
        q.meanGradient()
            .set(n, 0, (float) (q.meanGradient().get(n, 0) + factor * away / priorVariance));
        q.varianceGradient()
            .set(n, 0, (float) (q.varianceGradient().get(n, 0) + factor * byVariance));
      }
    }
  }
}
