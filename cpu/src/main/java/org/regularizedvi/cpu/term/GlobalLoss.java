package org.regularizedvi.cpu.term;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.core.term.GlobalTerm;

/**
 * Holds the parts of the loss that belong to parameters all cells share: they count once per data
 * set, never once per minibatch.
 *
 * @param nats by place of the term among the constants of {@link GlobalTerm}; a term that is off is
 *     0
 */
public record GlobalLoss(double[] nats) {
  /** {@return a loss of which all terms are 0} */
  public static GlobalLoss none() {
    return new GlobalLoss(new double[GlobalTerm.values().length]);
  }

  /**
   * {@return one term, nats per data set}
   *
   * @param term the term
   */
  public double of(GlobalTerm term) {
    return nats[term.ordinal()];
  }

  /** {@return all terms added up, nats per data set} */
  public double sum() {
    double sum = 0;
    for (double own : nats) {
      sum += own;
    }
    return sum;
  }

  /** {@return the first term that is not finite} */
  public Optional<GlobalTerm> firstBroken() {
    return Arrays.stream(GlobalTerm.values())
        .filter(term -> !Double.isFinite(of(term)))
        .findFirst();
  }
}
