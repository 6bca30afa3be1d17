package org.regularizedvi.answers;

import java.io.Serializable;
import java.util.Arrays;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.engine.EvaluationPass;

/**
 * Holds sums over cells that tell how well a model explains them. Those of minibatches are added in
 * the order of these, wherever each was computed, so that the bits are always the same.
 *
 * @param loss the terms, nats
 * @param cells the number of cells
 * @param latent the use of the latent dimensions
 * @param reconstructionOf what each modality adds to the reconstruction, nats
 */
public record EvaluationSums(
    CellLoss loss, int cells, LatentUseSums latent, double[] reconstructionOf)
    implements Serializable {
  static EvaluationSums of(Minibatch minibatch, EvaluationPass pass) {
    return new EvaluationSums(
        pass.sums(),
        minibatch.size(),
        LatentUseSums.of(pass.latentDivergence()),
        pass.reconstructionOf());
  }

  EvaluationSums plus(EvaluationSums more) {
    return new EvaluationSums(
        loss.plus(more.loss),
        cells + more.cells,
        latent.plus(more.latent),
        Sums.plus(reconstructionOf, more.reconstructionOf));
  }

  Evaluation result() {
    return new Evaluation(
        loss,
        cells,
        latent.result(cells),
        Arrays.stream(reconstructionOf).map(sum -> sum / cells).toArray());
  }
}
