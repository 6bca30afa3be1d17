package org.regularizedvi.core.draw;

/**
 * Dropout of an encoder's input: counts that are not zero, each by a draw of its own, and
 * continuous covariates. A dropped zero stays zero, so zeros need no draw.
 *
 * @param rate share that is dropped; what is kept grows by 1 / (1 - rate)
 */
public record InputDropout(double rate, Draw entries, Draw covariates) {
  /** What values that are kept are multiplied with. */
  public float keptFactor() {
    return (float) (1 / (1 - rate));
  }

  /** Turns draws into factors: 0, or 1 / (1 - rate). */
  public void factors(float[] draws, int count) {
    float dropped = (float) rate;
    float kept = keptFactor();
    for (int i = 0; i < count; i++) {
      draws[i] = draws[i] < dropped ? 0 : kept;
    }
  }
}
