package org.regularizedvi.cpu.term;

import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Computes the divergence of the scales of z, log g ~ q = Normal(m, v), from their prior; a cell
 * that lacks what their encoder sees has none.
 *
 * <pre>
 *   closed form, with prior Normal(m_p, c):  1/2 ((v + (m - m_p)^2) / c - 1 - log(v / c))
 *   by m:  (m - m_p) / c      by v:  1/2 (1 / c - 1 / v)
 *
 *   by the draw u = log g:  - 1/2 log(2 pi v) - (u - m)^2 / (2 v) + p(u)      p(u) = - log p(g) - u
 *   by u, m and v together, where u = m + sqrt(v) eps:  by u:  p'(u)      by v:  - 1 / (2 v)
 *   where u is held at log 1e-6 and does not move:      by m:  (u - m) / v      by v:  ((u - m)^2 / v - 1) / (2 v)
 * </pre>
 */
public final class LatentShrinkageTerm {
  private final LatentShrinkage prior;
  private final boolean closedForm;

  /**
   * Makes the term of a modality.
   *
   * @param prior of its scales
   */
  public LatentShrinkageTerm(LatentShrinkage prior) {
    this.prior = prior;
    this.closedForm = prior.kind() == HorseshoePrior.LOGNORMAL;
  }

  /**
   * Adds the divergence of some cells to what each cell has.
   *
   * @param q the distributions of log g: N x K
   * @param logNK the draws of log g
   * @param present whether each cell has the modality
   * @param from the first row
   * @param to the row after the last
   * @param natsN nats of each cell
   */
  public void addUp(Gaussian q, Matrix logNK, boolean[] present, int from, int to, double[] natsN) {
    for (int n = from; n < to; n++) {
      if (present[n]) {
        double sum = 0;
        for (int k = 0; k < q.dimensions(); k++) {
          sum += of(q.mean().get(n, k), q.variance().get(n, k), logNK.get(n, k));
        }
        natsN[n] += sum;
      }
    }
  }

  private double of(double m, double v, double draw) {
    if (closedForm) {
      double away = m - prior.priorMean();
      double c = prior.priorVariance();
      return 0.5 * ((v + away * away) / c - 1 - Math.log(v / c));
    }
    double u = Math.max(draw, LatentShrinkage.LEAST_LOG);
    return prior.negativeLogPrior(u) - 0.5 * (Math.log(2 * Math.PI * v) + (u - m) * (u - m) / v);
  }

  /**
   * Adds the derivatives of the divergence of some cells by the draws, times a factor, to the
   * gradients by the draws; there are none in closed form.
   *
   * @param logNK the draws of log g
   * @param present whether each cell has the modality
   * @param factor what a nat of a cell adds to the loss
   * @param from the first row
   * @param to the row after the last
   * @param gradientNK gradients of the loss by the draws
   */
  public void differentiateDraws(
      Matrix logNK, boolean[] present, double factor, int from, int to, Matrix gradientNK) {
    for (int n = from; n < to && !closedForm; n++) {
      for (int k = 0; present[n] && k < logNK.columns(); k++) {
        double u = logNK.get(n, k);
        if (u > LatentShrinkage.LEAST_LOG) {
          gradientNK.set(n, k, (float) (gradientNK.get(n, k) + factor * prior.slope(u)));
        }
      }
    }
  }

  /**
   * Adds the derivatives of the divergence of some cells by means and variances, times a factor, to
   * their gradients, which hold already what comes through the draws.
   *
   * @param q the distributions of log g: N x K
   * @param logNK the draws of log g
   * @param present whether each cell has the modality
   * @param factor what a nat of a cell adds to the loss
   * @param from the first row
   * @param to the row after the last
   */
  public void differentiate(
      Gaussian q, Matrix logNK, boolean[] present, double factor, int from, int to) {
    for (int n = from; n < to; n++) {
      for (int k = 0; present[n] && k < q.dimensions(); k++) {
        double m = q.mean().get(n, k);
        double v = q.variance().get(n, k);
        double byMean = 0;
        double byVariance = -0.5 / v;
        if (closedForm) {
          byMean = (m - prior.priorMean()) / prior.priorVariance();
          byVariance += 0.5 / prior.priorVariance();
        } else if (logNK.get(n, k) <= LatentShrinkage.LEAST_LOG) {
          double away = LatentShrinkage.LEAST_LOG - m;
          byMean = away / v;
          byVariance += 0.5 * away * away / (v * v);
        }
        add(q.meanGradient(), n, k, factor * byMean);
        add(q.varianceGradient(), n, k, factor * byVariance);
      }
    }
  }

  private static void add(Matrix gradientNK, int n, int k, double derivative) {
    gradientNK.set(n, k, (float) (gradientNK.get(n, k) + derivative));
  }
}
