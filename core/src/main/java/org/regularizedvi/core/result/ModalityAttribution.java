package org.regularizedvi.core.result;

import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;

/**
 * Says how much each latent dimension moves the counts that one modality's decoder expects of each
 * cell.
 *
 * @param modality the name of the modality
 * @param meanAbsoluteJacobian the mean over features of |d mu / d z|: cells x latent dimensions,
 *     those of all modalities
 * @param own the dimensions that come from this modality's encoder; absent where all modalities
 *     share them
 */
public record ModalityAttribution(
    String modality, FloatMatrix meanAbsoluteJacobian, Optional<LatentRange> own) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the modality's own dimensions lie outside
   */
  public ModalityAttribution {
    int columns = meanAbsoluteJacobian.columns();
    if (own.isPresent() && own.get().end() > columns) {
      throw new IllegalArgumentException(
          "%s of '%s' is not within %d latent dimensions".formatted(own.get(), modality, columns));
    }
  }

  /**
   * Names the latent dimensions {@code from} to {@code end - 1}.
   *
   * @param from the first dimension
   * @param end the dimension after the last
   */
  public record LatentRange(int from, int end) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException when there is no such range
     */
    public LatentRange {
      if (from < 0 || end < from) {
        throw new IllegalArgumentException(
            "No latent dimensions from %d to %d".formatted(from, end));
      }
    }
  }

  /** {@return for each cell the sum over all latent dimensions} */
  public double[] total() {
    return sums(0, meanAbsoluteJacobian.columns());
  }

  /** {@return for each cell the sum over the modality's own latent dimensions, where it has any} */
  public Optional<double[]> ownTotal() {
    return own.map(range -> sums(range.from(), range.end()));
  }

  private double[] sums(int from, int end) {
    double[] sums = new double[meanAbsoluteJacobian.rows()];
    for (int n = 0; n < sums.length; n++) {
      for (int k = from; k < end; k++) {
        sums[n] += meanAbsoluteJacobian.at(n, k);
      }
    }
    return sums;
  }
}
