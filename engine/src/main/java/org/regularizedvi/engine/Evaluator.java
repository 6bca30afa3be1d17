package org.regularizedvi.engine;

import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;

/**
 * Passes over cells without gradients: encode, draw once, decode, compare with the counts. Dropout
 * is off and theta is at exp(px_r_mu).
 *
 * <p>To be called from one thread at a time; no result depends on how many threads it uses.
 */
public interface Evaluator extends AutoCloseable {
  /**
   * Passes over the cells of a minibatch.
   *
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of the pass: of z, of l, and of the weight of the observed total
   * @return the pass, to be closed before another is made
   */
  EvaluationPass pass(Minibatch minibatch, Noise noise);

  /**
   * {@return the expected counts mu in the states that {@link #pass} would draw, at the stored
   * parameters: a matrix of cells x features per modality}
   *
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of the pass: of z, of l, and of the weight of the observed total
   */
  List<FloatMatrix> rates(Minibatch minibatch, Noise noise);

  @Override
  void close();
}
