package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.BurstSizes;

/**
 * Computes what the counts of decoded cells are expected to be, and their inverse dispersion, which
 * with bursts follows from both and from the technical variance v:
 *
 * <pre>
 *   mu = (rho + s) exp(l) w y      theta, with bursts mu^2 / ((exp(l) y)^2 f b^2 + v + 1e-8)
 * </pre>
 *
 * with w the modality's learned factor, which is on mu alone, or 1.
 *
 * @param decoder of the modality
 * @param hidden the decoders' last hidden layers
 * @param libraryN l of the same cells
 * @param covariates of the same cells
 */
record ExpectedCounts(
    DecoderNetwork decoder, HiddenLayers hidden, float[] libraryN, Covariates covariates) {

  /** Takes what a tile of features is expected to be of one cell. */
  interface Row {
    /**
     * Takes a row.
     *
     * @param n the place of the cell
     * @param first place of the tile's first feature among those asked for
     * @param muT expected counts
     * @param thetaT inverse dispersion
     */
    void take(int n, int first, float[] muT, float[] thetaT);
  }

  /**
   * Gives some features of all cells to a visitor, tile by tile.
   *
   * @param places of the features in the modality
   * @param visitor takes each cell's part of each tile
   */
  void rows(int[] places, Row visitor) {
    FeatureTerms terms = new FeatureTerms(decoder.spec(), decoder.parameters(), covariates);
    float[][] sDT = terms.room();
    float[][] yDT = terms.room();
    float[][] thetaDT = terms.room();
    float[] exposureN = decoder.exposure(libraryN);
    float[] muT = new float[FeatureTiles.SIZE];
    float[] burstThetaT = new float[FeatureTiles.SIZE];
    try (Arena arena = Arena.ofConfined()) {
      new FeatureTiles(arena, decoder, hidden)
          .rho(
              places,
              (first, rhoNT, sizesNT) -> {
                int count = rhoNT.columns();
                terms.background(places, first, count, sDT);
                terms.scaling(places, first, count, yDT);
                terms.theta(places, first, count, thetaDT);
                for (int n = 0; n < rhoNT.rows(); n++) {
                  int d = terms.group(n);
                  rhoNT.copyRow(n, muT);
                  expect(muT, 0, count, sDT[d], exposureN[n], yDT[d]);
                  if (sizesNT.isEmpty()) {
                    visitor.take(n, first, muT, thetaDT[d]);
                  } else {
                    unite(n, rhoNT, sizesNT.get(), yDT[d], thetaDT[d], muT, burstThetaT);
                    visitor.take(n, first, muT, burstThetaT);
                  }
                }
              });
    }
  }

  /** Turns rho into mu = (rho + s) exposure y. */
  static void expect(float[] values, int at, int count, float[] s, float exposure, float[] y) {
    for (int t = 0; t < count; t++) {
      values[at + t] = (values[at + t] + s[t]) * exposure * y[t];
    }
  }

  /** Makes theta of the variance of bursts and the technical one. */
  private void unite(
      int n, Matrix rhoNT, Matrix sizesNT, float[] yT, float[] vT, float[] muT, float[] thetaT) {
    float size = (float) Math.exp(libraryN[n]);
    for (int t = 0; t < rhoNT.columns(); t++) {
      float unit = size * yT[t];
      float biological = unit * unit * rhoNT.get(n, t) * sizesNT.get(n, t);
      float variance = biological + vT[t] + (float) BurstSizes.LEAST_VARIANCE;
      thetaT[t] = muT[t] * muT[t] / variance;
    }
  }
}
