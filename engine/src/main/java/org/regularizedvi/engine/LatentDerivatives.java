package org.regularizedvi.engine;

import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;

/**
 * Measures how much each latent dimension moves the counts that one modality's decoder expects: the
 * mean over features of |d mu / d z|, exact. It may hold copies of the stored parameters until it
 * is closed, so they must not change meanwhile.
 *
 * <p>A cell's numbers do not depend on the number of threads. To be called from one thread at a
 * time.
 */
public interface LatentDerivatives extends AutoCloseable {
  /**
   * Computes the mean absolute derivatives of some cells.
   *
   * @param zNK cells x dimensions of the z that all decoders get
   * @param libraryN natural logarithm of each cell's library size
   * @param covariates of the same cells
   * @return cells x dimensions of z, counts per unit of z
   */
  FloatMatrix of(FloatMatrix zNK, float[] libraryN, Covariates covariates);

  @Override
  void close();
}
