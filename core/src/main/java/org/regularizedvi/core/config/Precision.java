package org.regularizedvi.core.config;

/**
 * Names the number type of the decoder head's matrix products in training. Sums, the likelihood,
 * the optimiser and the stored weights are float32 whatever is chosen.
 */
public enum Precision {
  /** Products are of bfloat16 where the engine measures that to be faster, else of float32. */
  AUTO,
  /** Products are of float32. */
  FLOAT32,
  /** Products are of bfloat16. */
  BFLOAT16
}
