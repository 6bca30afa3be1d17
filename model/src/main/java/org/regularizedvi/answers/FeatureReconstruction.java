package org.regularizedvi.answers;

import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;

/**
 * Measures how well each feature of a modality is explained. Adds up over passes, at their draws of
 * z and l; sums do not depend on threads.
 */
public final class FeatureReconstruction implements AutoCloseable {
  private final int modality;
  private final CellBlocks blocks;
  private final double[] sumsG;
  private int cells;

  /**
   * Starts with no cells.
   *
   * @param computation the model, opened
   * @param modality its place in the model
   */
  public FeatureReconstruction(Computation computation, int modality) {
    this.modality = modality;
    this.blocks = new CellBlocks(computation.decoder(modality));
    this.sumsG = new double[computation.model().spec().modalities().get(modality).features()];
  }

  /**
   * Adds those cells of a pass that have the modality.
   *
   * @param minibatch the cells of the pass
   * @param pass the pass, whose draws of z and l are decoded
   */
  public void add(Minibatch minibatch, EvaluationPass pass) {
    DecodedCells decoded = pass.decoded(modality);
    blocks
        .map(minibatch.size(), decoded::reconstructionG)
        .forEach(
            part -> {
              for (int g = 0; g < sumsG.length; g++) {
                sumsG[g] += part[g];
              }
            });
    for (boolean here : minibatch.present(modality)) {
      cells += here ? 1 : 0;
    }
  }

  /**
   * {@return the negative log-likelihood of each feature's counts, nats per cell that has the
   * modality}
   */
  public double[] result() {
    double[] means = sumsG.clone();
    for (int g = 0; g < means.length; g++) {
      means[g] /= cells;
    }
    return means;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
