package org.regularizedvi.engine;

import org.regularizedvi.core.term.CellLoss;

/**
 * Holds what a pass over the cells of a minibatch gave, until it is closed. Where a cell lacks a
 * modality, that modality's terms are 0.
 *
 * <p>To be called from the thread that made the pass.
 */
public interface EvaluationPass extends AutoCloseable {
  /** {@return the sum over the cells of each term, in nats at full weight} */
  CellLoss sums();

  /**
   * {@return what each modality adds to the sum of the reconstruction over the cells: one number
   * per modality, nats}
   */
  double[] reconstructionOf();

  /** {@return the negative log-likelihood of all counts of each cell: one number per cell, nats} */
  double[] reconstructionN();

  /** {@return the divergence of q(z|x) from its prior, dimension by dimension} */
  LatentDivergence latentDivergence();

  /** {@return the distributions that z, before it was scaled, and l were drawn from} */
  Posteriors posteriors();

  /**
   * {@return what the decoder of a modality made of the draws, valid as long as this is}
   *
   * @param modality its place in the model
   */
  DecodedCells decoded(int modality);

  @Override
  void close();
}
