package org.regularizedvi.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Tells how well a model explains cells: the evidence lower bound term by term, with one draw of z
 * and l per cell, theta at exp(px_r_mu) and divergences at full weight.
 */
public final class EvidenceLowerBound {
  private EvidenceLowerBound() {}

  /**
   * {@return the terms of all cells of the minibatches, sums in nats, and the use of the latent
   * dimensions}
   *
   * @param evaluator of the model
   * @param minibatches the cells, a piece at a time, at least one
   * @param random of the draws
   */
  public static Evaluation of(
      Evaluator evaluator, Iterable<Minibatch> minibatches, CounterRandom random) {
    List<EvaluationSums> sums = new ArrayList<>();
    passes(
        evaluator,
        minibatches,
        random,
        (minibatch, pass) -> sums.add(EvaluationSums.of(minibatch, pass)));
    return sums.stream().reduce(EvaluationSums::plus).orElseThrow().result();
  }

  /**
   * Passes over cells.
   *
   * @param evaluator of the model
   * @param minibatches the cells, a piece at a time
   * @param random of the draws
   * @param looker is shown every pass, which is closed when it returns
   */
  static void passes(
      Evaluator evaluator,
      Iterable<Minibatch> minibatches,
      CounterRandom random,
      BiConsumer<Minibatch, EvaluationPass> looker) {
    for (Minibatch minibatch : minibatches) {
      CounterNoise noise = new CounterNoise(random, CounterNoise.EVALUATION, minibatch.cells());
      try (EvaluationPass pass = evaluator.pass(minibatch, noise)) {
        looker.accept(minibatch, pass);
      }
    }
  }
}
