package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.kernel.random.CounterRandom;

/** Adds up over the cells of a pass what a diagnosis is made of. */
public final class DiagnosisPasses implements AutoCloseable {
  private final List<BackgroundShares> shares = new ArrayList<>();
  private final List<FeatureReconstruction> features = new ArrayList<>();

  /**
   * Prepares to add up.
   *
   * @param computation the model, opened
   * @param modalities the number of its modalities
   * @param perFeature whether features are asked about one by one, which takes longer
   */
  public DiagnosisPasses(Computation computation, int modalities, boolean perFeature) {
    for (int m = 0; m < modalities; m++) {
      shares.add(new BackgroundShares(computation, m));
      if (perFeature) {
        features.add(new FeatureReconstruction(computation, m));
      }
    }
  }

  /**
   * Passes over cells.
   *
   * @param evaluator of the model
   * @param minibatches the cells, a piece at a time
   * @param random of the draws
   * @param each gets the place of the first cell of each minibatch, and the sums over its cells
   */
  public void run(
      Evaluator evaluator,
      Iterable<Minibatch> minibatches,
      CounterRandom random,
      BiConsumer<Integer, DiagnosisSums> each) {
    EvidenceLowerBound.passes(
        evaluator,
        minibatches,
        random,
        (minibatch, pass) -> each.accept(minibatch.cells()[0], sums(minibatch, pass)));
  }

  private DiagnosisSums sums(Minibatch minibatch, EvaluationPass pass) {
    return new DiagnosisSums(
        EvaluationSums.of(minibatch, pass),
        shares.stream().map(own -> own.of(minibatch, pass)).toList(),
        features.stream().map(own -> own.of(minibatch, pass)).toList());
  }

  @Override
  public void close() {
    shares.forEach(BackgroundShares::close);
    features.forEach(FeatureReconstruction::close);
  }
}
