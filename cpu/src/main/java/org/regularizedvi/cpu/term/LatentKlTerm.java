package org.regularizedvi.cpu.term;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Computes the divergence of q(z|x) = Normal(m, v) from the standard normal; a cell that lacks what
 * the encoder sees has none.
 *
 * <pre>
 *   1/2 (v + m^2 - 1 - log v)      by m:  m      by v:  1/2 (1 - 1 / v)
 * </pre>
 */
public final class LatentKlTerm {
  private LatentKlTerm() {}

  /**
   * Computes the divergence in every dimension.
   *
   * @param q the distributions of z: N x K
   * @param present whether each cell has a modality that the encoder sees
   * @param from the first row
   * @param to the row after the last
   * @param klNK takes the divergences of these rows, nats
   */
  public static void perDimension(Gaussian q, boolean[] present, int from, int to, Matrix klNK) {
    int dimensions = q.dimensions();
    float[] m = new float[dimensions];
    float[] v = new float[dimensions];
    float[] kl = new float[dimensions];
    float[] none = new float[dimensions];
    for (int n = from; n < to; n++) {
      if (present[n]) {
        q.mean().copyRow(n, m);
        q.variance().copyRow(n, v);
        VectorFunctions.log(
            q.variance().memory(),
            (long) n * q.variance().stride(),
            klNK.memory(),
            (long) n * klNK.stride(),
            dimensions);
        klNK.copyRow(n, kl);
        for (int k = 0; k < dimensions; k++) {
          kl[k] = 0.5f * (v[k] + m[k] * m[k] - 1 - kl[k]);
        }
        klNK.setRow(n, kl);
      } else {
        klNK.setRow(n, none);
      }
    }
  }

  /**
   * Adds the divergence of some cells to what each cell has.
   *
   * @param klNK divergence in every dimension, nats
   * @param from the first row
   * @param to the row after the last
   * @param klN nats of each cell
   */
  public static void addUp(Matrix klNK, int from, int to, double[] klN) {
    float[] kl = new float[klNK.columns()];
    for (int n = from; n < to; n++) {
      klNK.copyRow(n, kl);
      klN[n] += Sums.of(kl, kl.length);
    }
  }

  /**
   * Adds the number of dimensions that are active in some cells to what each cell has.
   *
   * @param klNK divergence in every dimension, nats
   * @param scaleNK scales of the dimensions, a small one of which makes them inactive, where there
   *     are such
   * @param from the first row
   * @param to the row after the last
   * @param activeN number of active dimensions of each cell
   */
  public static void countActive(
      Matrix klNK, Optional<Matrix> scaleNK, int from, int to, int[] activeN) {
    float[] kl = new float[klNK.columns()];
    float[] scale = new float[klNK.columns()];
    Arrays.fill(scale, Float.POSITIVE_INFINITY);
    for (int n = from; n < to; n++) {
      klNK.copyRow(n, kl);
      if (scaleNK.isPresent()) {
        scaleNK.get().copyRow(n, scale);
      }
      for (int k = 0; k < kl.length; k++) {
        boolean active =
            kl[k] > (float) LatentKl.ACTIVE_NATS && scale[k] > (float) LatentShrinkage.ACTIVE_SCALE;
        activeN[n] += active ? 1 : 0;
      }
    }
  }

  /**
   * Adds the derivatives of the divergence of some cells, times a factor, to the gradients by means
   * and variances.
   *
   * @param q the distributions of z: N x K
   * @param present whether each cell has a modality that the encoder sees
   * @param factor what a nat of a cell adds to the loss
   * @param from the first row
   * @param to the row after the last
   */
  public static void differentiate(Gaussian q, boolean[] present, double factor, int from, int to) {
    int dimensions = q.dimensions();
    float full = (float) factor;
    float half = (float) (0.5 * factor);
    float[] x = new float[dimensions];
    float[] d = new float[dimensions];
    for (int n = from; n < to; n++) {
      if (present[n]) {
        q.mean().copyRow(n, x);
        q.meanGradient().copyRow(n, d);
        for (int k = 0; k < dimensions; k++) {
          d[k] += full * x[k];
        }
        q.meanGradient().setRow(n, d);
        q.variance().copyRow(n, x);
        q.varianceGradient().copyRow(n, d);
        for (int k = 0; k < dimensions; k++) {
          d[k] += half * (1 - 1 / x[k]);
        }
        q.varianceGradient().setRow(n, d);
      }
    }
  }
}
