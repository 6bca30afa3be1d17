package org.regularizedvi.gpu.step;

import java.util.Optional;
import org.regularizedvi.gpu.driver.Struct;

/**
 * Drops units of a layer.
 *
 * @param rate the share that is dropped
 * @param draws a uniform of each cell and unit
 */
record DropoutDraws(double rate, NoiseSource draws) {
  /** {@return dropout as kernels take it, with a rate of 0 where there is none, or no training} */
  static Struct struct(Optional<DropoutDraws> dropout, Frame frame) {
    Launches launches = frame.launches();
    double rate = frame.training() ? dropout.map(DropoutDraws::rate).orElse(0.0) : 0;
    return launches.struct(
        NoiseSource.struct(dropout.map(DropoutDraws::draws), frame),
        (float) rate,
        (float) (1 / (1 - rate)));
  }
}
