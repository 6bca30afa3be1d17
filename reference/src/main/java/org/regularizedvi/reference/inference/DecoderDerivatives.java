package org.regularizedvi.reference.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.kernel.threads.Team;
import org.regularizedvi.reference.net.HiddenJacobian;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Takes the derivatives of a decoder forward through its layers, for each cell and dimension:
 *
 * <pre>
 *   mu = exp(l) (rho + s) y      a = W h + b      P_gk = W_g . dh/dz_k
 *   d mu_g / d z_k = exp(l) c_g (P_gk - m_k)
 *   softplus   c = y / (1 + exp(-a))   m = 0
 *   softmax    c = y rho               m_k = sum_g rho_g P_gk
 * </pre>
 *
 * <p>P is all of the work and a product of matrices. It is made for one cell and a tile of features
 * at a time, over the hidden units that are not 0 in the cell, as the others' derivatives are 0;
 * memory does not grow with cells x features. Results do not depend on threads.
 */
public final class DecoderDerivatives implements LatentDerivatives {
  private static final int CELLS_AT_ONCE = 8;

  /** So few that a tile of weights and of P stays near a core. */
  private static final int FEATURES_AT_ONCE = 512;

  private final Modality modality;
  private final Team team;

  /** The scale decoder's weight, transposed, one tensor per tile of features: H x features. */
  private final List<Tensor> tilesHG = new ArrayList<>();

  /**
   * Makes the derivatives of a modality whose stored parameters do not change while they are used.
   *
   * @param modality the networks of the modality, which stay the caller's
   * @param threads to compute with, at least 1; no result depends on it
   */
  public DecoderDerivatives(Modality modality, int threads) {
    this.modality = modality;
    this.team = new Team(threads);
    int features = modality.spec().features();
    try (PointerScope _ = new PointerScope()) {
      Tensor weight = modality.decoder().scaleWeight().detach();
      for (int first = 0; first < features; first += FEATURES_AT_ONCE) {
        int some = Math.min(FEATURES_AT_ONCE, features - first);
        tilesHG.add(Tensors.keep(weight.narrow(0, first, some).t().contiguous()));
      }
    }
  }

  @Override
  public FloatMatrix of(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    int cells = covariates.size();
    int latent = modality.spec().jointLatent();
    if (zNK.rows() != cells || zNK.columns() != latent || libraryN.length != cells) {
      throw new IllegalArgumentException(
          "z is %d x %d with %d library sizes, expected %d x %d"
              .formatted(zNK.rows(), zNK.columns(), libraryN.length, cells, latent));
    }
    float[] values = new float[Math.multiplyExact(cells, latent)];
    team.run(
        (cells + CELLS_AT_ONCE - 1) / CELLS_AT_ONCE,
        (_, task) -> {
          int from = task * CELLS_AT_ONCE;
          int to = Math.min(cells, from + CELLS_AT_ONCE);
          float[] block =
              Inference.run(
                  () ->
                      Tensors.floats(
                          block(
                              Tensors.of(zNK.rows(from, to)),
                              modality.exposure(
                                  Tensors.of(Arrays.copyOfRange(libraryN, from, to), to - from, 1)),
                              covariates.gather(IntStream.range(from, to).toArray()))));
          System.arraycopy(block, 0, values, from * latent, block.length);
        });
    return new FloatMatrix(cells, latent, values);
  }

  private Tensor block(Tensor zNK, Tensor exposureN1, Covariates covariates) {
    HiddenJacobian decoder = HiddenJacobian.of(modality, zNK, covariates);
    Slopes slopes = slopes(decoder);
    Tensor slopesNG = slopes.slopesNG;
    if (modality.scaling().isPresent()) {
      slopesNG = slopesNG.mul(modality.scaling().get().of(covariates));
    }
    int cells = covariates.size();
    List<Cell> block = new ArrayList<>();
    for (int n = 0; n < cells; n++) {
      block.add(
          Cell.of(
              decoder.hiddenNH().select(0, n),
              decoder.jacobianNKH().select(0, n),
              slopes.meansNK.select(0, n).unsqueeze(1),
              slopesNG.select(0, n)));
    }
    Tensor sumsNK = torch.zeros(cells, zNK.size(1));
    int first = 0;
    for (Tensor tileHG : tilesHG) {
      try (PointerScope _ = new PointerScope()) {
        for (int n = 0; n < cells; n++) {
          block.get(n).addTo(sumsNK.select(0, n), tileHG, first);
        }
      }
      first += (int) tileHG.size(1);
    }
    return sumsNK.mul(exposureN1.exp()).div(Tensors.scalar(modality.spec().features()));
  }

  /** Holds c before scaling, and m. */
  private record Slopes(Tensor slopesNG, Tensor meansNK) {}

  private Slopes slopes(HiddenJacobian decoder) {
    Tensor logitsNG = modality.decoder().logits(decoder.hiddenNH());
    Tensor jacobianNKH = decoder.jacobianNKH();
    return switch (modality.spec().generative().scaleActivation()) {
      case SOFTPLUS ->
          new Slopes(logitsNG.sigmoid(), torch.zeros(jacobianNKH.size(0), jacobianNKH.size(1)));
      case SOFTMAX -> {
        Tensor rhoNG = logitsNG.softmax(1);
        Tensor weightsNH = rhoNG.mm(modality.decoder().scaleWeight()); // sum over features of rho W
        yield new Slopes(rhoNG, jacobianNKH.matmul(weightsNH.unsqueeze(2)).squeeze(2));
      }
    };
  }

  /**
   * Describes one cell, reduced to the hidden units that are not 0.
   *
   * @param unitsA places of those units
   * @param jacobianKA derivatives of those units
   * @param meansK1 m, where softmax takes one
   * @param slopesG c
   */
  private record Cell(Tensor unitsA, Tensor jacobianKA, Tensor meansK1, Tensor slopesG) {
    static Cell of(Tensor hiddenH, Tensor jacobianKH, Tensor meansK1, Tensor slopesG) {
      float[] hidden = Tensors.floats(hiddenH);
      int[] active = IntStream.range(0, hidden.length).filter(h -> hidden[h] > 0).toArray();
      Tensor units = Tensors.indices(active);
      return new Cell(units, jacobianKH.index_select(1, units), meansK1, slopesG);
    }

    /** Adds a tile's features to the sums of c |P - m|. */
    void addTo(Tensor sumsK, Tensor tileHG, int first) {
      Tensor productKG = jacobianKA.mm(tileHG.index_select(0, unitsA));
      Tensor slopes = slopesG.narrow(0, first, tileHG.size(1));
      sumsK.addmv_(productKG.sub_(meansK1).abs_(), slopes);
    }
  }

  @Override
  public void close() {
    team.close();
    tilesHG.forEach(Tensor::close);
    tilesHG.clear();
  }
}
