package org.regularizedvi.core.shape;

import java.util.OptionalDouble;

/**
 * Says how a modality takes part in a model of several.
 *
 * @param encodesLatent whether its own encoder gives z, rather than one encoder of all modalities
 * @param learnedScale the shape and rate of the prior of a learned factor on its expected counts;
 *     empty for a modality without such a factor
 * @param lrMultiplier multiplies the learning rate of its parameters
 */
public record Membership(boolean encodesLatent, OptionalDouble learnedScale, double lrMultiplier) {
  /** {@return the membership of the only modality of a model} */
  public static Membership alone() {
    return new Membership(true, OptionalDouble.empty(), 1);
  }
}
