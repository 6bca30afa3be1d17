package org.regularizedvi.answers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.ExpectedTotals;

/**
 * Tells what share of the expected counts of a modality is background. Adds up over passes, at
 * their draws of z and l; sums do not depend on threads.
 */
public final class BackgroundShares implements AutoCloseable {
  private final ModalitySpec modality;
  private final CellBlocks blocks;
  private final double[] background;
  private final double[] expected;

  /** Sums over a few cells, by ambient category. */
  private record Part(double[] background, double[] expected) {}

  /**
   * Starts with no cells.
   *
   * @param computation the model, opened
   * @param modality its place in the model; without a background there are no shares
   */
  public BackgroundShares(Computation computation, int modality) {
    this.modality = computation.model().spec().modalities().get(modality);
    this.blocks = new CellBlocks(computation.decoder(modality));
    int categories = this.modality.categories().ambientColumns();
    this.background = new double[categories];
    this.expected = new double[categories];
  }

  /**
   * Adds those cells of a pass that have the modality.
   *
   * @param minibatch the cells of the pass
   * @param pass the pass, whose draws of z and l are decoded
   */
  public void add(Minibatch minibatch, EvaluationPass pass) {
    if (!modality.generative().useAdditiveBackground()) {
      return;
    }
    DecodedCells decoded = pass.decoded(modality.index());
    boolean[] present = minibatch.present(modality.index());
    int[][] codes = minibatch.covariates().codes(Purpose.AMBIENT);
    blocks
        .map(minibatch.size(), (from, to) -> part(decoded.totals(from, to), present, codes, from))
        .forEach(
            part -> {
              for (int c = 0; c < expected.length; c++) {
                background[c] += part.background[c];
                expected[c] += part.expected[c];
              }
            });
  }

  /**
   * {@return the sums over some cells}
   *
   * @param first row of the pass that is the first of the totals
   */
  private Part part(ExpectedTotals totals, boolean[] present, int[][] codes, int first) {
    Part part = new Part(new double[background.length], new double[expected.length]);
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
        part.background[category] += totals.backgroundNC().at(n, category);
        part.expected[category] += total;
      }
    }
    return part;
  }

  /**
   * {@return the share of its cells' expected counts that each ambient category's background gives;
   * a category without cells has none}
   *
   * @param names of the categories, those of several keys side by side
   */
  public SequencedMap<String, Double> result(List<String> names) {
    SequencedMap<String, Double> shares = new LinkedHashMap<>();
    for (int c = 0; c < expected.length; c++) {
      if (expected[c] > 0) {
        shares.put(names.get(c), background[c] / expected[c]);
      }
    }
    return shares;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
