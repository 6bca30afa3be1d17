package org.regularizedvi.engine;

import org.regularizedvi.core.term.CellLoss;

/**
 * What a pass over the cells of a minibatch gave, until it is closed. Where a cell lacks a
 * modality, that modality's terms are 0.
 *
 * <p>To be called from the thread that made the pass.
 */
public interface EvaluationPass extends AutoCloseable {
  /** Returns the sum over the cells of each term, in nats at full weight. */
  CellLoss sums();

  /** Returns what each modality adds to the sum of the reconstruction, nats. */
  double[] reconstructionOf();

  /** Returns the negative log-likelihood of all counts of each cell, nats. */
  double[] reconstructionN();

  /** Returns how far q(z|x) is from its prior, dimension by dimension. */
  LatentDivergence latentDivergence();

  /** Returns the distributions that z and l were drawn from. */
  Posteriors posteriors();

  /**
   * Returns what the decoder of a modality made of the draws, valid as long as this is.
   *
   * @param modality its place in the model
   */
  DecodedCells decoded(int modality);

  @Override
  void close();
}
