package org.regularizedvi.core.differential;

import java.util.OptionalDouble;
import org.regularizedvi.input.InputException;

/** States the question that a comparison answers about each feature. */
public sealed interface DifferentialMode {
  /** Asks whether expression is higher in the first group (Lopez et al. 2018). */
  record Vanilla() implements DifferentialMode {}

  /**
   * Asks whether expression differs by more than a threshold (Boyeau et al. 2019).
   *
   * @param delta the smallest log2 fold change that counts as a difference, 0 or more
   * @param pseudocounts what is added to expression before its logarithm is taken, above 0; empty
   *     to estimate it from the features that are hardly expressed
   * @param fdrTarget the share of false discoveries that is expected among the features called,
   *     between 0 and 1
   */
  record Change(double delta, OptionalDouble pseudocounts, double fdrTarget)
      implements DifferentialMode {
    /** The threshold unless another one is asked for. */
    public static final double DELTA = 0.25;

    /** The expected share of false discoveries unless another one is asked for. */
    public static final double FDR_TARGET = 0.05;

    /**
     * Checks the components.
     *
     * @throws InputException when a number is out of range
     */
    public Change {
      if (!(delta >= 0 && Double.isFinite(delta))) {
        throw new InputException("delta must be 0 or more and finite, but is %s.".formatted(delta));
      }
      if (pseudocounts.isPresent()
          && !(pseudocounts.getAsDouble() > 0 && Double.isFinite(pseudocounts.getAsDouble()))) {
        throw new InputException(
            "pseudocounts must be above 0 and finite, but is %s."
                .formatted(pseudocounts.getAsDouble()));
      }
      if (!(fdrTarget > 0 && fdrTarget < 1)) {
        throw new InputException(
            "fdr_target must be above 0 and below 1, but is %s.".formatted(fdrTarget));
      }
    }

    /** {@return a threshold of 0.25, pseudocounts from the data, 5 % of false discoveries} */
    public static Change defaults() {
      return new Change(DELTA, OptionalDouble.empty(), FDR_TARGET);
    }
  }
}
