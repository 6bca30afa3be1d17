package org.regularizedvi.core.result;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.input.InputException;

/**
 * Holds the mean and the covariance of cells' latents, all modalities side by side.
 *
 * @param meanK the mean of each dimension
 * @param covarianceKK the covariance of each two dimensions, symmetric
 */
public record LatentMoments(float[] meanK, FloatMatrix covarianceKK) {
  /** With fewer cells per dimension, a prediction would be of their noise. */
  private static final int CELLS_A_DIMENSION = 2;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the sizes do not fit each other
   */
  public LatentMoments {
    if (covarianceKK.rows() != meanK.length || covarianceKK.columns() != meanK.length) {
      throw new IllegalArgumentException(
          "a covariance of %d x %d for %d dimensions"
              .formatted(covarianceKK.rows(), covarianceKK.columns(), meanK.length));
    }
  }

  /**
   * Checks that these are moments of a model's latent.
   *
   * @param expected the number of dimensions of the model's latent
   * @param source where they were read, for messages
   * @throws InputException when they have another number of dimensions
   */
  public void requireDimensions(int expected, Path source) {
    if (meanK.length != expected) {
      throw new InputException(
          "%s is damaged: it has the mean of %d latent dimensions side by side; expected %d."
              .formatted(source, meanK.length, expected));
    }
  }

  /**
   * {@return the moments of all rows; empty where there are fewer than {@value #CELLS_A_DIMENSION}
   * cells for each dimension, of which a prediction would repeat the noise}
   *
   * @param latentNK cells x latent dimensions
   */
  public static Optional<LatentMoments> of(FloatMatrix latentNK) {
    int cells = latentNK.rows();
    int dimensions = latentNK.columns();
    if (cells == 0 || cells < CELLS_A_DIMENSION * dimensions) {
      return Optional.empty();
    }
    double[] mean = new double[dimensions];
    for (int n = 0; n < cells; n++) {
      for (int k = 0; k < dimensions; k++) {
        mean[k] += latentNK.at(n, k) / (double) cells;
      }
    }
    double[] products = new double[dimensions * dimensions];
    for (int n = 0; n < cells; n++) {
      for (int i = 0; i < dimensions; i++) {
        double off = latentNK.at(n, i) - mean[i];
        for (int j = 0; j < dimensions; j++) {
          products[i * dimensions + j] += off * (latentNK.at(n, j) - mean[j]);
        }
      }
    }
    float[] covariance = new float[products.length];
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] = (float) (products[i] / (cells - 1));
    }
    float[] meanK = new float[dimensions];
    for (int k = 0; k < dimensions; k++) {
      meanK[k] = (float) mean[k];
    }
    return Optional.of(
        new LatentMoments(meanK, new FloatMatrix(dimensions, dimensions, covariance)));
  }
}
