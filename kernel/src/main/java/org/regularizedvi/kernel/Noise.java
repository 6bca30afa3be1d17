package org.regularizedvi.kernel;

import org.regularizedvi.kernel.random.CounterRandom;

/** Where eps of theta = exp(m + sigma eps) comes from. */
public sealed interface Noise {
  /** eps = 0: theta = exp(m). */
  record None() implements Noise {}

  /**
   * eps is the normal at (purpose, step, the cell's id, the gene's index) of a counter-based
   * generator.
   */
  record Generated(CounterRandom random, int purpose, long step) implements Noise {}

  /** eps of row n and tile column j is values[n * rowStride + j]. */
  record Given(float[] values, int rowStride) implements Noise {}
}
