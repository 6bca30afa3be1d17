package org.regularizedvi.engine;

import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;

/**
 * Gives rho of many draws of z, some features at a time: holds the decoder's last hidden layer of
 * every draw until it is closed, and never draws x features.
 *
 * <p>Both methods are to be called from any number of threads at once, but {@link #scale} only when
 * all draws have been decoded.
 */
public interface DecodedDraws extends AutoCloseable {
  /** {@return the number of draws that a call of {@link #decode} serves best} */
  int drawsAtOnce();

  /**
   * Decodes some draws up to the last hidden layer.
   *
   * @param first place of the first of them
   * @param zNK draws x dimensions
   * @param covariates what the decoder sees besides z, of the same draws
   */
  void decode(int first, FloatMatrix zNK, Covariates covariates);

  /**
   * {@return rho of some features: one feature after another, of all draws each, features x draws
   * in row-major order}
   *
   * @param from place of the first feature
   * @param to place behind the last feature
   */
  float[] scale(int from, int to);

  @Override
  void close();
}
