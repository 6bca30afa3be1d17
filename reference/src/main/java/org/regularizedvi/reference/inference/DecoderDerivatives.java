package org.regularizedvi.reference.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
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
 * <p>With bursts, c = y b / (1 + exp(-a)), and exp(l) c' P'_gk is added with c' = y f / (1 +
 * exp(-a')) and P' those of the burst sizes' logits a'.
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

  /** The same of the burst size head; none without bursts. */
  private final List<Tensor> sizeTilesHG = new ArrayList<>();

  /**
   * Makes the derivatives of a modality whose stored parameters do not change while they are used.
   *
   * @param modality the networks of the modality, which stay the caller's
   * @param threads to compute with, at least 1; no result depends on it
   */
  public DecoderDerivatives(Modality modality, int threads) {
    this.modality = modality;
    this.team = new Team(threads);
    try (PointerScope _ = new PointerScope()) {
      addTiles(modality.decoder().scaleWeight().detach(), tilesHG);
      modality.decoder().sizeWeight().ifPresent(weight -> addTiles(weight.detach(), sizeTilesHG));
    }
  }

  private static void addTiles(Tensor weight, List<Tensor> tilesHG) {
    int features = (int) weight.size(0);
    for (int first = 0; first < features; first += FEATURES_AT_ONCE) {
      int some = Math.min(FEATURES_AT_ONCE, features - first);
      tilesHG.add(Tensors.keep(weight.narrow(0, first, some).t().contiguous()));
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
    Optional<HiddenJacobian> sizes = HiddenJacobian.ofSizes(modality, zNK, covariates);
    Slopes slopes = slopes(decoder, sizes).scaled(modality, covariates);
    int cells = covariates.size();
    List<Cell> block = new ArrayList<>();
    for (int n = 0; n < cells; n++) {
      int cell = n;
      block.add(
          new Cell(
              Branch.of(decoder, slopes.slopesNG, n),
              sizes.map(own -> Branch.of(own, slopes.sizeSlopesNG.orElseThrow(), cell)),
              slopes.meansNK.select(0, n).unsqueeze(1)));
    }
    Tensor sumsNK = torch.zeros(cells, zNK.size(1));
    int first = 0;
    for (int tile = 0; tile < tilesHG.size(); tile++) {
      Tensor tileHG = tilesHG.get(tile);
      try (PointerScope _ = new PointerScope()) {
        for (int n = 0; n < cells; n++) {
          if (sizes.isPresent()) {
            block.get(n).addTo(sumsNK.select(0, n), tileHG, sizeTilesHG.get(tile), first);
          } else {
            block.get(n).addTo(sumsNK.select(0, n), tileHG, first);
          }
        }
      }
      first += (int) tileHG.size(1);
    }
    return sumsNK.mul(exposureN1.exp()).div(Tensors.scalar(modality.spec().features()));
  }

  /** Holds c, with bursts c', and m. */
  private record Slopes(Tensor slopesNG, Optional<Tensor> sizeSlopesNG, Tensor meansNK) {
    /** {@return the same with y in c and c'} */
    Slopes scaled(Modality modality, Covariates covariates) {
      if (modality.scaling().isEmpty()) {
        return this;
      }
      Tensor y = modality.scaling().get().of(covariates);
      return new Slopes(slopesNG.mul(y), sizeSlopesNG.map(own -> own.mul(y)), meansNK);
    }
  }

  private Slopes slopes(HiddenJacobian decoder, Optional<HiddenJacobian> sizes) {
    Tensor hiddenNH =
        sizes
            .map(own -> torch.cat(new TensorVector(decoder.hiddenNH(), own.hiddenNH()), 1))
            .orElse(decoder.hiddenNH());
    Tensor logitsNG = modality.decoder().logits(hiddenNH);
    Tensor jacobianNKH = decoder.jacobianNKH();
    return switch (modality.spec().generative().scaleActivation()) {
      case SOFTPLUS -> {
        Tensor none = torch.zeros(jacobianNKH.size(0), jacobianNKH.size(1));
        Tensor sigmoid = logitsNG.sigmoid();
        Optional<Tensor> sizesNG = modality.decoder().sizes(hiddenNH);
        Optional<Tensor> sizeSlopesNG =
            modality
                .decoder()
                .sizeLogits(hiddenNH, 0, modality.spec().features())
                .map(logits -> logits.sigmoid().mul(torch.softplus(logitsNG)));
        yield new Slopes(sizesNG.map(sigmoid::mul).orElse(sigmoid), sizeSlopesNG, none);
      }
      case SOFTMAX -> {
        Tensor rhoNG = logitsNG.softmax(1);
        Tensor weightsNH = rhoNG.mm(modality.decoder().scaleWeight()); // sum over features of rho W
        Tensor meansNK = jacobianNKH.matmul(weightsNH.unsqueeze(2)).squeeze(2);
        yield new Slopes(rhoNG, Optional.empty(), meansNK);
      }
    };
  }

  /**
   * Describes a decoder's part in one cell, reduced to the hidden units that are not 0.
   *
   * @param unitsA places of those units
   * @param jacobianKA derivatives of those units
   * @param slopesG c
   */
  private record Branch(Tensor unitsA, Tensor jacobianKA, Tensor slopesG) {
    static Branch of(HiddenJacobian decoder, Tensor slopesNG, int n) {
      float[] hidden = Tensors.floats(decoder.hiddenNH().select(0, n));
      int[] active = IntStream.range(0, hidden.length).filter(h -> hidden[h] > 0).toArray();
      Tensor units = Tensors.indices(active);
      Tensor jacobianKA = decoder.jacobianNKH().select(0, n).index_select(1, units);
      return new Branch(units, jacobianKA, slopesNG.select(0, n));
    }

    /** {@return P of a tile} */
    Tensor product(Tensor tileHG) {
      return jacobianKA.mm(tileHG.index_select(0, unitsA));
    }

    /** {@return c of a tile} */
    Tensor slopes(int first, Tensor tileHG) {
      return slopesG.narrow(0, first, tileHG.size(1));
    }
  }

  /**
   * Describes one cell.
   *
   * @param own the decoder's part
   * @param sizes the burst size decoder's, where there is one
   * @param meansK1 m, where softmax takes one
   */
  private record Cell(Branch own, Optional<Branch> sizes, Tensor meansK1) {
    /** Adds a tile's features to the sums of c |P - m|. */
    void addTo(Tensor sumsK, Tensor tileHG, int first) {
      Tensor productKG = own.product(tileHG);
      sumsK.addmv_(productKG.sub_(meansK1).abs_(), own.slopes(first, tileHG));
    }

    /** Adds a tile's features to the sums of |c P + c' P'|. */
    void addTo(Tensor sumsK, Tensor tileHG, Tensor sizeTileHG, int first) {
      Branch other = sizes.orElseThrow();
      Tensor ownKG = own.product(tileHG).mul(own.slopes(first, tileHG));
      Tensor otherKG = other.product(sizeTileHG).mul(other.slopes(first, sizeTileHG));
      sumsK.add_(ownKG.add(otherKG).abs().sum(1));
    }
  }

  @Override
  public void close() {
    team.close();
    tilesHG.forEach(Tensor::close);
    tilesHG.clear();
    sizeTilesHG.forEach(Tensor::close);
    sizeTilesHG.clear();
  }
}
