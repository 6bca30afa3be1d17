package org.regularizedvi.core.shape;

/**
 * Says how a modality takes part in a model of several.
 *
 * @param encodesLatent whether its own encoder gives z, rather than one encoder of all modalities
 * @param learnedScale whether its expected counts have a learned factor
 * @param lrMultiplier multiplies the learning rate of its parameters
 */
public record Membership(boolean encodesLatent, boolean learnedScale, double lrMultiplier) {
  /** {@return the membership of the only modality of a model} */
  public static Membership alone() {
    return new Membership(true, false, 1);
  }
}
