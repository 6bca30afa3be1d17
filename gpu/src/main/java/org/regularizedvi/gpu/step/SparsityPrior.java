package org.regularizedvi.gpu.step;

import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/** The prior of the absolute values of some units, which holds most of them to zero. */
final class SparsityPrior {
  private final Sparsity prior;
  private final int width;
  private final Sums sums;
  private final Sums.Sum sum;
  private DeviceMemory nats;

  /**
   * Makes the term.
   *
   * @param prior of the units
   * @param width number of units
   * @param sums take the term
   * @param sum its place among them
   */
  SparsityPrior(Sparsity prior, int width, Sums sums, Sums.Sum sum) {
    this.prior = prior;
    this.width = width;
    this.sums = sums;
    this.sum = sum;
  }

  void reserve(DeviceArena arena, int rows) {
    nats = arena.doubles(rows);
  }

  private Struct struct(Frame frame, Rows units, DeviceMemory present) {
    return frame
        .launches()
        .struct(
            units.memory(),
            present,
            frame.rows(),
            width,
            units.stride(),
            prior.shape(),
            prior.logNormaliser());
  }

  /**
   * Adds the launches that compute the term.
   *
   * @param present whether each cell has it
   */
  void addUp(Frame frame, Rows units, DeviceMemory present) {
    Struct own = struct(frame, units, present);
    frame.launches().addLine(Code.SUM_SPARSITY, frame.blocksOfWarps(), own, nats);
    sums.add(frame, sum, nats, frame.rows());
  }

  /**
   * Adds the launch that adds its derivatives to the gradients by the units.
   *
   * @param present whether each cell has the term
   */
  void differentiate(Frame frame, Rows units, DeviceMemory present, Rows gradient) {
    frame
        .launches()
        .add(
            Code.DIFFERENTIATE_SPARSITY,
            Math.ceilDiv(width, 32),
            frame.blocksOfWarps(),
            1,
            struct(frame, units, present),
            frame.step(),
            gradient.memory(),
            gradient.stride());
  }
}
