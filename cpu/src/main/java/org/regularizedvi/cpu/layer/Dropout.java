package org.regularizedvi.cpu.layer;

import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Drops entries at a rate and scales the kept ones by 1 / (1 - rate):
 *
 * <pre>
 *   y = f h      dh = f dy      f = 0 where a uniform draw is below the rate, else 1 / (1 - rate)
 * </pre>
 *
 * @param rate the share that is dropped, above 0 and below 1
 * @param draw says which draws of the noise are its own
 */
public record Dropout(double rate, Draw draw) {
  /**
   * Multiplies rows by their factors, forward as backward: the draws are made again.
   *
   * @param noise of the step
   * @param hNH rows x units
   * @param from the first row
   * @param to the row after the last
   */
  void apply(Noise noise, Matrix hNH, int from, int to) {
    float[] factors = new float[hNH.columns()];
    for (int n = from; n < to; n++) {
      factors(noise, n, factors);
      for (int c = 0; c < factors.length; c++) {
        hNH.set(n, c, hNH.get(n, c) * factors[c]);
      }
    }
  }

  private void factors(Noise noise, int cell, float[] row) {
    noise.uniforms(draw, cell, row);
    float dropped = (float) rate;
    float kept = (float) (1 / (1 - rate));
    for (int c = 0; c < row.length; c++) {
      row[c] = row[c] < dropped ? 0 : kept;
    }
  }
}
