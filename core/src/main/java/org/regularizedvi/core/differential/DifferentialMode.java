package org.regularizedvi.core.differential;

import java.util.OptionalDouble;
import org.regularizedvi.input.InputException;

/** Which question is put to a pair of groups. */
public sealed interface DifferentialMode {
  /** Is a feature's expression higher in the first group? */
  record Vanilla() implements DifferentialMode {}

  /**
   * Does a feature's expression differ by more than a threshold?
   *
   * @param delta the smallest log2 fold change that counts as one
   * @param pseudocounts what is added to expression before its log is taken; empty to estimate it
   *     from the features without counts
   * @param fdrTarget the share of false discoveries that is expected among the features called
   */
  record Change(double delta, OptionalDouble pseudocounts, double fdrTarget)
      implements DifferentialMode {
    public static final double DELTA = 0.25;
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

    /** A fold change of 0.25, pseudocounts from the data, 5 % false discoveries. */
    public static Change defaults() {
      return new Change(DELTA, OptionalDouble.empty(), FDR_TARGET);
    }
  }
}
