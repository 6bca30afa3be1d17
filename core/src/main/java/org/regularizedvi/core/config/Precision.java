package org.regularizedvi.core.config;

/**
 * The number type of the decoder head's matrix products in training. Sums, the likelihood, the
 * optimiser and the stored weights are float32 whatever is chosen.
 */
public enum Precision {
  /** bfloat16 where the processor multiplies it in hardware, else float32. */
  AUTO,
  FLOAT32,
  BFLOAT16
}
