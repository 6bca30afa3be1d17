package org.regularizedvi.core.simulate;

import org.regularizedvi.input.InputException;

/**
 * Says how much of a modality is ambient. {@link ModalityPlan} checks the numbers.
 *
 * @param fraction the ambient share of a typical cell's expected counts, 0 for none
 * @param spread the standard deviation over cells of the logit of that share, 0 for the same share
 *     in all cells
 * @param batchSpread the standard deviation over batches, 0 for the same share in all batches
 */
public record SimulatedAmbient(double fraction, double spread, double batchSpread) {
  private static final double MOST_SPREAD = 10;

  /**
   * Checks the numbers for a modality, which messages name.
   *
   * @throws InputException when a number is out of range
   */
  void require(String modality) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new InputException(
          "ambient_fraction of %s must be at least 0 and below 1, but is %s."
              .formatted(modality, fraction));
    }
    requireSpread("ambient_spread", modality, spread);
    requireSpread("batch_ambient_spread", modality, batchSpread);
  }

  private static void requireSpread(String option, String modality, double spread) {
    if (!(spread >= 0 && spread <= MOST_SPREAD)) {
      throw new InputException(
          "%s of %s must be at least 0 and at most %.0f, but is %s."
              .formatted(option, modality, MOST_SPREAD, spread));
    }
  }

  /**
   * {@return a plan with the same share in every cell}
   *
   * @param fraction the share
   */
  public static SimulatedAmbient even(double fraction) {
    return new SimulatedAmbient(fraction, 0, 0);
  }

  /**
   * {@return a fifth of the expected counts of genes, and none of peaks}
   *
   * @param kind what the features are
   */
  public static SimulatedAmbient defaults(FeatureKind kind) {
    return even(kind == FeatureKind.EXPRESSION ? 0.2 : 0);
  }
}
