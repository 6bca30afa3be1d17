package org.regularizedvi.kernel;

import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Says where the kernel takes eps from, the standard normal noise of theta = exp(m + sigma eps).
 */
public sealed interface Noise {
  /** There is no noise: eps = 0, theta = exp(m). */
  record None() implements Noise {}

  /**
   * The kernel draws eps: the standard normal number at (purpose, step, the cell's id, the gene's
   * index) of a counter-based generator.
   *
   * @param random the generator
   * @param purpose the number under which this noise is drawn, 0 to 255
   * @param step the number of the training step
   */
  record Generated(CounterRandom random, int purpose, long step) implements Noise {}

  /**
   * The caller supplies eps: that of row n and tile column j is values[n * rowStride + j].
   *
   * @param values the noise of the tile, row by row
   * @param rowStride elements from one row to the next
   */
  record Given(float[] values, int rowStride) implements Noise {}
}
