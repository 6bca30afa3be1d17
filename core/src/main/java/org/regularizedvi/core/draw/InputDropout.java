package org.regularizedvi.core.draw;

/**
 * Describes dropout of an encoder's input. Each count that is not zero has a draw of its own, and
 * so has each continuous covariate. A dropped zero stays zero, so zeros need no draw.
 *
 * @param rate the share that is dropped, 0 or more and below 1; a value that is kept grows by 1 /
 *     (1 - rate)
 * @param entries what the draws of counts are for
 * @param covariates what the draws of covariates are for
 */
public record InputDropout(double rate, Draw entries, Draw covariates) {
  /** {@return the factor of a value that is kept, 1 / (1 - rate)} */
  public float keptFactor() {
    return (float) (1 / (1 - rate));
  }

  /**
   * Turns uniform draws into factors in place: 0, or 1 / (1 - rate).
   *
   * @param draws the draws
   * @param count how many of them to turn
   */
  public void factors(float[] draws, int count) {
    float dropped = (float) rate;
    float kept = keptFactor();
    for (int i = 0; i < count; i++) {
      draws[i] = draws[i] < dropped ? 0 : kept;
    }
  }
}
