package org.regularizedvi.engine;

import org.regularizedvi.core.data.Minibatch;

/**
 * Encodes cells at the stored parameters, outside training: from counts to the distributions of z
 * and of the log library size. It may hold copies of the parameters until it is closed, so they
 * must not change meanwhile.
 *
 * <p>To be called from one thread at a time; no result depends on how many threads it uses.
 */
public interface CellEncoder extends AutoCloseable {
  /**
   * Encodes the cells of a minibatch, with the weight of the observed total in the library size at
   * its posterior mean. Where z has scales, its distribution is that of z times their medians.
   *
   * @param minibatch the cells, whose counts and covariates are encoded
   * @return the distributions of z, one per encoder, and of the log library size, one per modality
   */
  Posteriors encode(Minibatch minibatch);

  @Override
  void close();
}
