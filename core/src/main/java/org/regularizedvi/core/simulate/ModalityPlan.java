package org.regularizedvi.core.simulate;

import org.regularizedvi.input.InputException;

/**
 * One modality to be simulated.
 *
 * @param name under which a .h5mu has it
 * @param features number of features G
 * @param depth library size of a typical cell: the median over cells
 */
public record ModalityPlan(
    String name, FeatureKind kind, int features, double depth, AmbientPlan ambient) {
  private static final double EXPRESSION_DEPTH = 3000;
  private static final double COUNTS_A_PEAK = 0.1;

  /**
   * Checks the components.
   *
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
    ambient.require(name);
  }

  /** A modality of the kind its name stands for, of the depth and ambient share of that kind. */
  public static ModalityPlan of(String name, int features) {
    FeatureKind kind = FeatureKind.of(name);
    return new ModalityPlan(
        name, kind, features, defaultDepth(kind, features), AmbientPlan.defaults(kind));
  }

  /** 3,000 counts of genes; of peaks a tenth of their number, so that few are counted twice. */
  public static double defaultDepth(FeatureKind kind, int features) {
    return switch (kind) {
      case EXPRESSION -> EXPRESSION_DEPTH;
      case ACCESSIBILITY -> Math.max(1, COUNTS_A_PEAK * features);
    };
  }
}
