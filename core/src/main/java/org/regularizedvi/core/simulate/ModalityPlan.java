package org.regularizedvi.core.simulate;

import org.regularizedvi.input.InputException;

/**
 * Says how one modality is simulated.
 *
 * @param name the name that a .h5mu gives it
 * @param kind what its features are
 * @param features the number of features G
 * @param depth the library size of a typical cell, the median over cells
 * @param ambient how much of it is ambient
 */
public record ModalityPlan(
    String name, FeatureKind kind, int features, double depth, SimulatedAmbient ambient) {
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

  /**
   * {@return a modality of the kind that its name stands for, with that kind's depth and ambient
   * share}
   *
   * @param name the name
   * @param features the number of features
   */
  public static ModalityPlan of(String name, int features) {
    FeatureKind kind = FeatureKind.of(name);
    return new ModalityPlan(
        name, kind, features, defaultDepth(kind, features), SimulatedAmbient.defaults(kind));
  }

  /**
   * {@return 3,000 counts for genes; for peaks a tenth of their number, so that few are counted
   * twice}
   *
   * @param kind what the features are
   * @param features the number of features
   */
  public static double defaultDepth(FeatureKind kind, int features) {
    return switch (kind) {
      case EXPRESSION -> EXPRESSION_DEPTH;
      case ACCESSIBILITY -> Math.max(1, COUNTS_A_PEAK * features);
    };
  }
}
