package org.regularizedvi.core.result;

import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;

/**
 * How much each latent dimension moves what one modality's decoder expects of each cell.
 *
 * @param modality its name
 * @param meanAbsoluteJacobian mean over features of |d mu / d z|: cells x latent dimensions, those
 *     of all modalities
 * @param own the dimensions that come from this modality's encoder; absent where all modalities
 *     share them
 */
public record ModalityAttribution(
    String modality, FloatMatrix meanAbsoluteJacobian, Optional<LatentRange> own) {
  public ModalityAttribution {
    int columns = meanAbsoluteJacobian.columns();
    if (own.isPresent() && own.get().end() > columns) {
      throw new IllegalArgumentException(
          "%s of '%s' is not within %d latent dimensions".formatted(own.get(), modality, columns));
    }
  }

  /** Latent dimensions {@code from} to {@code end - 1}. */
  public record LatentRange(int from, int end) {
    public LatentRange {
      if (from < 0 || end < from) {
        throw new IllegalArgumentException(
            "No latent dimensions from %d to %d".formatted(from, end));
      }
    }
  }

  /** The sum over all latent dimensions, one a cell. */
  public double[] total() {
    return sums(0, meanAbsoluteJacobian.columns());
  }

  /** The sum over the modality's own latent dimensions, one a cell. */
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
