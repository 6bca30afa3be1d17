package org.regularizedvi.reference.net;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Drops entries at a rate and scales the kept ones by 1 / (1 - rate).
 *
 * @param kind the draws' kind, which tells the networks apart
 */
record Dropout(double rate, Draw.Kind kind, int modality, Noise noise) {
  /** {@return the factor of every entry of a cells x columns matrix: 0, or 1 / (1 - rate)} */
  Tensor factors(int layer, int cells, int columns) {
    float[] factors = new float[cells * columns];
    float[] row = new float[columns];
    for (int n = 0; n < cells; n++) {
      rowFactors(layer, n, row);
      System.arraycopy(row, 0, factors, n * columns, columns);
    }
    return Tensors.of(factors, cells, columns);
  }

  /** Overwrites {@code row} with one cell's factors. */
  void rowFactors(int layer, int cell, float[] row) {
    noise.uniforms(new Draw(kind, modality, layer), cell, row);
    float dropped = (float) rate;
    float kept = (float) (1 / (1 - rate));
    for (int c = 0; c < row.length; c++) {
      row[c] = row[c] < dropped ? 0 : kept;
    }
  }
}
