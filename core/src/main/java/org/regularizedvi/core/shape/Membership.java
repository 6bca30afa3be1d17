package org.regularizedvi.core.shape;

/**
 * What sets a modality's part apart in a model of several.
 *
 * @param encodesLatent whether its own encoder gives z, rather than one of all modalities
 * @param learnedScale whether its expected counts have a learned factor
 * @param lrMultiplier factor on the learning rate of its parameters
 */
public record Membership(boolean encodesLatent, boolean learnedScale, double lrMultiplier) {
  /** The only modality of its model. */
  public static Membership alone() {
    return new Membership(true, false, 1);
  }
}
