package org.regularizedvi.gpu.step;

import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * Says what a list of launches is made for.
 *
 * @param launches takes them
 * @param rows number of cells N
 * @param training whether it is a step, with dropout and noise of theta, or a pass without
 * @param kept whether the card has the counts of all cells, else those of the minibatch
 * @param given whether the host supplies all random draws
 * @param sized whether cells come with size factors, which take the place of library sizes
 * @param step what the step tells all kernels
 * @param cells the place of each cell in the data set
 */
record Frame(
    Launches launches,
    int rows,
    boolean training,
    boolean kept,
    boolean given,
    boolean sized,
    DeviceMemory step,
    DeviceMemory cells) {
  /** Cells of a block of kernels that have a warp for each. */
  private static final int CELLS_OF_A_BLOCK = 8;

  /**
   * {@return what launches on cells of the size and kind of a minibatch are made for}
   *
   * @param noise of the kind that the steps have
   */
  static Frame of(
      Launches launches,
      Minibatch minibatch,
      Noise noise,
      boolean training,
      DeviceMemory step,
      DeviceMemory cells) {
    return new Frame(
        launches,
        minibatch.size(),
        training,
        !minibatch.hasCounts(),
        NoiseSources.given(noise),
        minibatch.covariates().hasSizeFactor(),
        step,
        cells);
  }

  /** {@return blocks of 8 cells} */
  int blocksOfWarps() {
    return Math.ceilDiv(rows, CELLS_OF_A_BLOCK);
  }

  /** {@return blocks of 256 cells} */
  int blocksOfCells() {
    return Math.ceilDiv(rows, 256);
  }
}
