package org.regularizedvi.answers;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Holds the negative log-likelihood of each feature's counts, summed over some cells.
 *
 * @param natsG the sums, nats
 * @param cells the number of cells that have the modality
 */
public record FeatureSums(double[] natsG, int cells) implements Serializable {
  FeatureSums plus(FeatureSums more) {
    return new FeatureSums(Sums.plus(natsG, more.natsG), cells + more.cells);
  }

  /** {@return the mean over the cells of each feature, nats} */
  public double[] means() {
    return Arrays.stream(natsG).map(sum -> sum / cells).toArray();
  }
}
