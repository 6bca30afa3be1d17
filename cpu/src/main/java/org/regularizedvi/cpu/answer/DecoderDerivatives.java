package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.net.DecoderLayers;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.LatentDerivatives;
import org.regularizedvi.kernel.threads.Team;

/**
 * Takes the derivatives of a decoder forward through its layers, for each cell and dimension: with
 * a = W h + b, P_gk = W_g . dh/dz_k gives those of the logits, and {@link Slopes} what makes those
 * of the expected counts of them.
 *
 * <p>With bursts the same is made of the burst size decoder, and both are added up.
 *
 * <p>P is all of the work and a product of matrices. It is made for one cell and a tile of features
 * at a time, over the hidden units that are not 0 in the cell, as the others' derivatives are 0;
 * memory does not grow with cells x features. Results do not depend on threads.
 */
public final class DecoderDerivatives implements LatentDerivatives {
  private static final int CELLS_AT_ONCE = 8;

  /** So few that a tile of weights and of P stays near a core. */
  static final int FEATURES_AT_ONCE = 512;

  private final DecoderNetwork decoder;
  private final Team team;
  private final Arena arena = Arena.ofShared();

  /** The weight of the linear map to the features, transposed, one matrix per tile of features. */
  private final List<Matrix> tilesHT;

  /** The same of the burst size head; none without bursts. */
  private final List<Matrix> sizeTilesHT;

  private final Matrix identityKK;

  /**
   * Makes the derivatives of a modality whose stored parameters do not change while they are used.
   *
   * @param spec the modality
   * @param parameters of the model, which outlive them
   * @param products multiplies
   * @param threads to compute with, at least 1; no result depends on it
   */
  public DecoderDerivatives(
      ModalitySpec spec, Parameters parameters, Products products, int threads) {
    this.decoder = new DecoderNetwork(spec, parameters, products);
    this.team = new Team(threads);
    this.tilesHT = tiles(decoder.scale().weightGH());
    this.sizeTilesHT = decoder.sizes().map(map -> tiles(map.weightGH())).orElse(List.of());
    this.identityKK = Matrix.in(arena, spec.jointLatent(), spec.jointLatent());
    for (int k = 0; k < identityKK.rows(); k++) {
      identityKK.set(k, k, 1);
    }
  }

  private List<Matrix> tiles(Matrix weightGH) {
    List<Matrix> tiles = new ArrayList<>();
    for (int first = 0; first < weightGH.rows(); first += FEATURES_AT_ONCE) {
      int end = Math.min(weightGH.rows(), first + FEATURES_AT_ONCE);
      tiles.add(transposed(weightGH.rows(first, end)));
    }
    return tiles;
  }

  private Matrix transposed(Matrix weightTH) {
    Matrix tileHT = Matrix.in(arena, weightTH.columns(), weightTH.rows());
    float[] row = new float[weightTH.columns()];
    for (int t = 0; t < weightTH.rows(); t++) {
      weightTH.copyRow(t, row);
      for (int h = 0; h < row.length; h++) {
        tileHT.set(h, t, row[h]);
      }
    }
    return tileHT;
  }

  @Override
  public FloatMatrix of(FloatMatrix zNK, float[] libraryN, Covariates covariates) {
    int cells = covariates.size();
    int latent = decoder.spec().jointLatent();
    if (zNK.rows() != cells || zNK.columns() != latent || libraryN.length != cells) {
      throw new IllegalArgumentException(
          "z is %d x %d with %d library sizes, expected %d x %d"
              .formatted(zNK.rows(), zNK.columns(), libraryN.length, cells, latent));
    }
    float[] values = new float[Math.multiplyExact(cells, latent)];
    team.run(
        Math.ceilDiv(cells, CELLS_AT_ONCE),
        (_, task) -> {
          int from = task * CELLS_AT_ONCE;
          int to = Math.min(cells, from + CELLS_AT_ONCE);
          float[] exposureN = decoder.exposure(Arrays.copyOfRange(libraryN, from, to));
          Covariates own = covariates.gather(IntStream.range(from, to).toArray());
          List<double[]> sums = sums(zNK.rows(from, to), own);
          for (int n = from; n < to; n++) {
            for (int k = 0; k < latent; k++) {
              double mean = sums.get(n - from)[k] / decoder.spec().features();
              values[n * latent + k] = (float) (exposureN[n - from] * mean);
            }
          }
        });
    return new FloatMatrix(cells, latent, values);
  }

  /** {@return the sums over the features of c |P - m|: for each cell one per dimension} */
  private List<double[]> sums(FloatMatrix zNK, Covariates covariates) {
    try (Arena own = Arena.ofConfined()) {
      DecoderLayers layers = decoder.layers(own, zNK, covariates);
      Optional<DecoderLayers> sizeLayers = decoder.sizeLayers(own, zNK, covariates);
      HiddenLayers hidden =
          new HiddenLayers(layers.hiddenNH(), sizeLayers.map(DecoderLayers::hiddenNH));
      Slopes slopes = Slopes.of(own, decoder, hidden, covariates);
      Branches branches = new Branches(own, layers, zNK.columns());
      Optional<Branches> sizeBranches =
          sizeLayers.map(sizes -> new Branches(own, sizes, zNK.columns()));
      List<CellDerivatives> block = new ArrayList<>();
      for (int n = 0; n < zNK.rows(); n++) {
        int cell = n;
        block.add(
            new CellDerivatives(
                branches.of(n, identityKK),
                sizeBranches.map(sizes -> sizes.of(cell, identityKK)),
                slopes.means(n, branches.lastKH())));
      }
      Matrix roomKT = Matrix.in(own, zNK.columns(), FEATURES_AT_ONCE);
      Matrix sizeRoomKT = Matrix.in(own, zNK.columns(), FEATURES_AT_ONCE);
      int first = 0;
      for (int tile = 0; tile < tilesHT.size(); tile++) {
        int end = first + tilesHT.get(tile).columns();
        for (int n = 0; n < block.size(); n++) {
          CellDerivatives cell = block.get(n);
          cell.multiply(decoder.products(), tilesHT.get(tile), roomKT);
          Matrix slopesT = slopes.slopesNG().columns(first, end - first).rows(n, n + 1);
          if (sizeTilesHT.isEmpty()) {
            cell.add(roomKT, slopesT);
          } else {
            cell.multiplySizes(decoder.products(), sizeTilesHT.get(tile), sizeRoomKT);
            Matrix sizeSlopesNG = slopes.sizeSlopesNG().orElseThrow();
            Matrix sizeSlopesT = sizeSlopesNG.columns(first, end - first).rows(n, n + 1);
            cell.add(roomKT, slopesT, sizeRoomKT, sizeSlopesT);
          }
        }
        first = end;
      }
      return block.stream().map(CellDerivatives::sums).toList();
    }
  }

  @Override
  public void close() {
    team.close();
    arena.close();
  }
}
