package org.regularizedvi.answers;

import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.ExpectedTotals;

/**
 * Adds up what the background gives of the expected counts of a modality, at the draws of z and l
 * of a pass; sums do not depend on threads.
 */
public final class BackgroundShares implements AutoCloseable {
  private final ModalitySpec modality;
  private final CellBlocks blocks;

  /**
   * Prepares to add up.
   *
   * @param computation the model, opened
   * @param modality its place in the model; without a background its sums are 0
   */
  public BackgroundShares(Computation computation, int modality) {
    this.modality = computation.model().spec().modalities().get(modality);
    this.blocks = new CellBlocks(computation.decoder(modality));
  }

  /**
   * {@return the sums over those cells of a pass that have the modality}
   *
   * @param minibatch the cells of the pass
   * @param pass the pass, whose draws of z and l are decoded
   */
  public BackgroundSums of(Minibatch minibatch, EvaluationPass pass) {
    BackgroundSums none = BackgroundSums.none(modality.categories().ambientColumns());
    if (!modality.generative().useAdditiveBackground()) {
      return none;
    }
    DecodedCells decoded = pass.decoded(modality.index());
    boolean[] present = minibatch.present(modality.index());
    int[][] codes = minibatch.covariates().codes(Purpose.AMBIENT);
    return blocks
        .map(minibatch.size(), (from, to) -> part(decoded.totals(from, to), present, codes, from))
        .stream()
        .reduce(none, BackgroundSums::plus);
  }

  /**
   * {@return the sums over some cells}
   *
   * @param first row of the pass that is the first of the totals
   */
  private BackgroundSums part(ExpectedTotals totals, boolean[] present, int[][] codes, int first) {
    BackgroundSums part = BackgroundSums.none(modality.categories().ambientColumns());
    int[] sizes = modality.categories().ambient();
    for (int n = 0; n < totals.nativeN().length; n++) {
      if (!present[first + n]) {
        continue;
      }
      int[] categories = new int[sizes.length];
      double total = totals.nativeN()[n];
      for (int key = 0, offset = 0; key < sizes.length; offset += sizes[key++]) {
        categories[key] = offset + codes[key][first + n];
        total += totals.backgroundNC().at(n, categories[key]);
      }
      for (int category : categories) {
        part.backgroundC()[category] += totals.backgroundNC().at(n, category);
        part.expectedC()[category] += total;
      }
    }
    return part;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
