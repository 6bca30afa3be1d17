package org.regularizedvi.cpu.answer;

import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Computes the inverse dispersion of a cell's counts from frequency and size of bursts and the
 * technical variance:
 *
 * <pre>
 *   theta = mu^2 / ((exp(l) y)^2 f b^2 + v + 1e-8)
 * </pre>
 *
 * @param exposure exp(l)
 * @param scalingT y of a tile's features
 * @param technicalT v of the same features
 */
record BurstVariance(float exposure, float[] scalingT, float[] technicalT) {
  /**
   * Computes theta of a tile.
   *
   * @param muT expected counts
   * @param rhoNT f b of several cells
   * @param sizesNT b of the same
   * @param n the place of the cell among them
   * @param thetaT takes theta
   */
  void theta(float[] muT, Matrix rhoNT, Matrix sizesNT, int n, float[] thetaT) {
    for (int t = 0; t < rhoNT.columns(); t++) {
      float unit = exposure * scalingT[t];
      float biological = unit * unit * rhoNT.get(n, t) * sizesNT.get(n, t);
      float variance = biological + technicalT[t] + (float) BurstSize.LEAST_VARIANCE;
      thetaT[t] = muT[t] * muT[t] / variance;
    }
  }
}
