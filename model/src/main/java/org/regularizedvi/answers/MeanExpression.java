package org.regularizedvi.answers;

import java.util.List;
import java.util.OptionalDouble;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.CellDecoder;

/**
 * Computes rho of one modality times a library size, as the mean over states of a cell and over the
 * categories that it is seen as of.
 */
final class MeanExpression implements AutoCloseable {
  private final int modality;
  private final CellDecoder decoder;
  private final Counterfactuals counterfactuals;
  private final OptionalDouble librarySize;
  private final CellBlocks blocks;

  /**
   * Makes the expression of a modality.
   *
   * @param modality place of the decoder's modality
   * @param decoder of the features wanted
   * @param librarySize empty for that of the state
   */
  MeanExpression(
      int modality,
      CellDecoder decoder,
      Counterfactuals counterfactuals,
      OptionalDouble librarySize) {
    this.modality = modality;
    this.decoder = decoder;
    this.counterfactuals = counterfactuals;
    this.librarySize = librarySize;
    this.blocks = new CellBlocks(decoder);
  }

  /**
   * {@return the rows {@code from} to {@code to - 1} in row-major order, NaN where they lack the
   * modality}
   */
  float[] of(Minibatch minibatch, List<CellState> states, int from, int to) {
    return blocks.matrix(
        minibatch, modality, from, to, (cells, first) -> mean(states, cells, first));
  }

  private float[] mean(List<CellState> states, Covariates cells, int first) {
    List<Covariates> seen = counterfactuals.of(cells);
    float[] sum = new float[0];
    for (CellState all : states) {
      CellState state = all.rows(first, first + cells.size());
      for (Covariates as : seen) {
        FloatMatrix scale = decoder.scale(state.zNK(), as);
        if (librarySize.isEmpty()) {
          multiply(scale, decoder.exposure(state.librariesN().get(modality)));
        }
        sum = sum.length == 0 ? scale.values() : added(sum, scale.values());
      }
    }
    float factor = (float) (librarySize.orElse(1) / (states.size() * seen.size()));
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= factor;
    }
    return sum;
  }

  private static void multiply(FloatMatrix scale, float[] factorN) {
    for (int n = 0; n < scale.rows(); n++) {
      for (int i = n * scale.columns(); i < (n + 1) * scale.columns(); i++) {
        scale.values()[i] *= factorN[n];
      }
    }
  }

  private static float[] added(float[] sum, float[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
    return sum;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
