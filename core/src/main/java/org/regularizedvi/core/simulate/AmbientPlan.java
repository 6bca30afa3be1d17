package org.regularizedvi.core.simulate;

import org.regularizedvi.input.InputException;

/**
 * How much of a modality is ambient; {@link ModalityPlan} checks it.
 *
 * @param fraction share of a typical cell's expected counts that is ambient, 0 for none
 * @param spread standard deviation over cells of the logit of that share, 0 for the same in all
 * @param batchSpread the same over batches, 0 for the same typical cell in all
 */
public record AmbientPlan(double fraction, double spread, double batchSpread) {
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

  /** The same share in every cell. */
  public static AmbientPlan even(double fraction) {
    return new AmbientPlan(fraction, 0, 0);
  }

  /** A fifth of the expected counts of genes, none of peaks. */
  public static AmbientPlan defaults(FeatureKind kind) {
    return even(kind == FeatureKind.EXPRESSION ? 0.2 : 0);
  }
}
