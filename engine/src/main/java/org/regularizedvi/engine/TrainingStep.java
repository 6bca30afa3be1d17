package org.regularizedvi.engine;

import java.util.function.Supplier;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;

/**
 * Trains a model's parameters, one minibatch at a time. It may hold copies of them until {@link
 * #store}: as an evaluator it passes over cells at its weights as they are now, and gives rates at
 * the stored parameters.
 *
 * <p>Several workers that train together make the same calls in the same order, with the same
 * minibatches and the same noise, and get the same answers.
 */
public interface TrainingStep extends Evaluator {
  /** {@return what its steps have in common} */
  StepPlan plan();

  /**
   * Offers the counts of all cells, before the first step. An engine whose memory is not that of
   * the host may copy them: then minibatches may come without counts, those of passes too, which
   * can be asked for everything but {@link EvaluationPass#decoded}.
   *
   * @param data the cells that minibatches are made of
   * @return whether it has copied them
   */
  boolean keep(CellData data);

  /**
   * Announces the minibatch of the step behind the next one. An engine whose memory is not that of
   * the host may ask for it during the next {@link #run}, on the same thread, and begin to copy its
   * counts; others have no use for it. It changes no result, and the step behind may have another
   * minibatch.
   *
   * @param next gives the minibatch, the very object that the step will have; what it throws, the
   *     next {@code run} throws
   */
  default void ahead(Supplier<Minibatch> next) {}

  /**
   * Updates all trained parameters once.
   *
   * @param minibatch the step's cells
   * @param noise all draws of the step
   * @param klWeight of the terms that are warmed up
   * @return the loss before the update; where it is not finite, or a gradient is not, the
   *     parameters are not either
   * @throws LostPeerException when one of several workers has ended
   */
  StepLosses run(Minibatch minibatch, Noise noise, double klWeight);

  /**
   * Brings the stored parameters up to date. Of several workers all do so together, and then have
   * the same.
   */
  void store();

  /**
   * Brings those stored parameters up to date that are no weights of networks, which a history
   * tells of: less than {@link #store} does, which may take as long as many steps.
   */
  void storeSmall();

  /**
   * Brings together what each of several workers keeps of the optimiser's moments. All of them do
   * so together, before {@link OptimiserState#moments} is read; a worker that is alone has them
   * all.
   */
  void gatherMoments();

  /**
   * Sets the learning rate of the steps to come.
   *
   * @param lr before a parameter's own multiplier, positive
   */
  void setLr(double lr);

  /** {@return the optimiser's memory, alive as long as this is} */
  OptimiserState optimiser();

  @Override
  void close();
}
