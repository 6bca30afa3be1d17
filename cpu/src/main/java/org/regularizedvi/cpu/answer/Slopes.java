package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.util.Optional;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.special.Softplus;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Holds what turns the derivatives of logits into those of expected counts, exp(l) apart.
 *
 * <pre>
 *   d mu_g / d z_k = exp(l) c_g (P_gk - m_k)
 *   softplus   c = y / (1 + exp(-a))   m = 0
 *   softmax    c = y rho               m_k = sum_g rho_g P_gk = dh/dz_k . u,  u = sum_g rho_g W_g
 * </pre>
 *
 * <p>With bursts, c = y b / (1 + exp(-a)), and exp(l) c' P'_gk is added with c' = y f / (1 +
 * exp(-a')) and P' those of the burst sizes' logits a'.
 *
 * @param slopesNG c
 * @param sizeSlopesNG c', with bursts
 * @param weightsNH u, with softmax
 */
record Slopes(Matrix slopesNG, Optional<Matrix> sizeSlopesNG, Optional<Matrix> weightsNH) {
  /**
   * Computes them for cells.
   *
   * @param arena owns them
   * @param decoder the decoder of a modality
   * @param hidden the last hidden layers
   * @param covariates of the same cells
   * @return the slopes
   */
  static Slopes of(
      Arena arena, DecoderNetwork decoder, HiddenLayers hidden, Covariates covariates) {
    Matrix hiddenNH = hidden.ownNH();
    int[] places = FeatureTiles.all(decoder);
    Matrix slopesNG = Matrix.in(arena, hiddenNH.rows(), places.length);
    FeatureTiles tiles = new FeatureTiles(arena, decoder, hidden);
    Optional<Matrix> weightsNH =
        decoder.softmax()
            ? Optional.of(Matrix.in(arena, hiddenNH.rows(), hiddenNH.columns()))
            : Optional.empty();
    FeatureTerms terms = new FeatureTerms(decoder.spec(), decoder.parameters(), covariates);
    float[][] yDT = terms.room();
    FeatureTiles.Visitor scaled =
        (first, valuesNT) -> {
          terms.scaling(places, first, valuesNT.columns(), yDT);
          for (int n = 0; n < valuesNT.rows(); n++) {
            float[] y = yDT[terms.group(n)];
            for (int t = 0; t < valuesNT.columns(); t++) {
              slopesNG.set(n, first + t, valuesNT.get(n, t) * y[t]);
            }
          }
        };
    if (decoder.sizes().isPresent()) {
      return ofBursts(arena, tiles, decoder, slopesNG, covariates);
    }
    if (weightsNH.isEmpty()) {
      tiles.logits(
          places,
          (first, logitsNT) -> {
            sigmoid(logitsNT);
            scaled.tile(first, logitsNT);
          });
    } else {
      tiles.rho(
          places,
          (first, rhoNT, _) -> {
            Matrix weight = decoder.scale().weightGH().rows(first, first + rhoNT.columns());
            decoder.products().times(rhoNT, weight, 1, weightsNH.get());
            scaled.tile(first, rhoNT);
          });
    }
    return new Slopes(slopesNG, Optional.empty(), weightsNH);
  }

  private static Slopes ofBursts(
      Arena arena,
      FeatureTiles tiles,
      DecoderNetwork decoder,
      Matrix slopesNG,
      Covariates covariates) {
    int[] places = FeatureTiles.all(decoder);
    Matrix sizeSlopesNG = Matrix.in(arena, slopesNG.rows(), places.length);
    FeatureTerms terms = new FeatureTerms(decoder.spec(), decoder.parameters(), covariates);
    float[][] yDT = terms.room();
    double intercept = new BurstSize(decoder.spec()).intercept();
    tiles.logits(
        places,
        (first, logitsNT) -> {
          int count = logitsNT.columns();
          terms.scaling(places, first, count, yDT);
          Matrix sizeLogitsNT = tiles.sizeLogits(places, first, count);
          for (int n = 0; n < logitsNT.rows(); n++) {
            float[] y = yDT[terms.group(n)];
            for (int t = 0; t < count; t++) {
              float a = logitsNT.get(n, t);
              float c = sizeLogitsNT.get(n, t);
              double b = Softplus.value(c) + intercept;
              slopesNG.set(n, first + t, (float) (y[t] * b * Softplus.derivative(a)));
              sizeSlopesNG.set(
                  n, first + t, (float) (y[t] * Softplus.value(a) * Softplus.derivative(c)));
            }
          }
        });
    return new Slopes(slopesNG, Optional.of(sizeSlopesNG), Optional.empty());
  }

  private static void sigmoid(Matrix logitsNT) {
    for (int n = 0; n < logitsNT.rows(); n++) {
      long row = (long) n * logitsNT.stride();
      VectorFunctions.sigmoid(logitsNT.memory(), row, logitsNT.memory(), row, logitsNT.columns());
    }
  }

  /**
   * {@return m of a cell: one number per dimension}
   *
   * @param n the cell
   * @param jacobianKH derivatives of its last hidden layer
   */
  float[] means(int n, Matrix jacobianKH) {
    float[] means = new float[jacobianKH.rows()];
    if (weightsNH.isPresent()) {
      for (int k = 0; k < means.length; k++) {
        double sum = 0;
        for (int h = 0; h < jacobianKH.columns(); h++) {
          sum += (double) jacobianKH.get(k, h) * weightsNH.get().get(n, h);
        }
        means[k] = (float) sum;
      }
    }
    return means;
  }
}
