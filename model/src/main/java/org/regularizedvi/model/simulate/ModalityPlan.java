package org.regularizedvi.model.simulate;

import org.regularizedvi.data.InputException;

/**
 * One modality to be simulated.
 *
 * @param name under which a .h5mu has it
 * @param features number of features G
 * @param depth library size of a typical cell: the median over cells
 * @param ambientFraction share of a cell's expected counts that is ambient, 0 for none
 */
public record ModalityPlan(
    String name, FeatureKind kind, int features, double depth, double ambientFraction) {
  private static final double EXPRESSION_DEPTH = 3000;
  private static final double COUNTS_A_PEAK = 0.1;
  private static final double EXPRESSION_AMBIENT = 0.2;

  /**
   * @throws InputException when a number is out of range
   */
  public ModalityPlan {
    if (features < 1) {
      throw new InputException(
          "features of %s must be at least 1, but is %d.".formatted(name, features));
    }
    if (!(depth > 0) || depth > 1e7) {
      throw new InputException(
          "depth of %s must be above 0 and at most 1e7, but is %s.".formatted(name, depth));
    }
    if (!(ambientFraction >= 0 && ambientFraction < 1)) {
      throw new InputException(
          "ambient_fraction of %s must be at least 0 and below 1, but is %s."
              .formatted(name, ambientFraction));
    }
  }

  /** A modality of the kind its name stands for: see {@link #defaultDepth} and the other. */
  public static ModalityPlan of(String name, int features) {
    FeatureKind kind = FeatureKind.of(name);
    return new ModalityPlan(
        name, kind, features, defaultDepth(kind, features), defaultAmbientFraction(kind));
  }

  /** 3,000 counts of genes; of peaks a tenth of their number, so that few are counted twice. */
  public static double defaultDepth(FeatureKind kind, int features) {
    return switch (kind) {
      case EXPRESSION -> EXPRESSION_DEPTH;
      case ACCESSIBILITY -> Math.max(1, COUNTS_A_PEAK * features);
    };
  }

  /** A fifth of the expected counts of genes, none of peaks. */
  public static double defaultAmbientFraction(FeatureKind kind) {
    return kind == FeatureKind.EXPRESSION ? EXPRESSION_AMBIENT : 0;
  }
}
