package org.regularizedvi.answers;

import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;

/**
 * Adds up how well each feature of a modality is explained, at the draws of z and l of a pass; sums
 * do not depend on threads.
 */
public final class FeatureReconstruction implements AutoCloseable {
  private final int modality;
  private final CellBlocks blocks;
  private final int features;

  /**
   * Prepares to add up.
   *
   * @param computation the model, opened
   * @param modality its place in the model
   */
  public FeatureReconstruction(Computation computation, int modality) {
    this.modality = modality;
    this.blocks = new CellBlocks(computation.decoder(modality));
    this.features = computation.model().spec().modalities().get(modality).features();
  }

  /**
   * {@return the sums over those cells of a pass that have the modality}
   *
   * @param minibatch the cells of the pass
   * @param pass the pass, whose draws of z and l are decoded
   */
  public FeatureSums of(Minibatch minibatch, EvaluationPass pass) {
    DecodedCells decoded = pass.decoded(modality);
    double[] sumsG = new double[features];
    blocks
        .map(minibatch.size(), decoded::reconstructionG)
        .forEach(
            part -> {
              for (int g = 0; g < sumsG.length; g++) {
                sumsG[g] += part[g];
              }
            });
    int cells = 0;
    for (boolean here : minibatch.present(modality)) {
      cells += here ? 1 : 0;
    }
    return new FeatureSums(sumsG, cells);
  }

  @Override
  public void close() {
    blocks.close();
  }
}
