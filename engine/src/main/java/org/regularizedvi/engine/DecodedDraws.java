package org.regularizedvi.engine;

import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;

/**
 * rho of many draws of z, some features at a time: holds the decoder's last hidden layer of every
 * draw until it is closed, and never draws x features.
 *
 * <p>Both methods are to be called from any number of threads at once, but {@link #scale} only when
 * all draws have been decoded.
 */
public interface DecodedDraws extends AutoCloseable {
  /** How many draws a call of {@link #decode} serves best. */
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
   * Returns rho of the features {@code from} to {@code to - 1}: one feature after another, of all
   * draws each.
   */
  float[] scale(int from, int to);

  @Override
  void close();
}
