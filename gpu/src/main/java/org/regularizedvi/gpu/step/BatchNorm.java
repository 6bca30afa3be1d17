package org.regularizedvi.gpu.step;

import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/**
 * Normalises each unit of a layer over the rows of a minibatch. Outside training, and in a model
 * whose statistics are frozen, those count that training collected.
 */
final class BatchNorm {
  private final Parameter weight;
  private final Parameter bias;
  private final DeviceMemory runningMean;
  private final DeviceMemory runningVariance;
  private final boolean collects;
  private final int units;
  private DeviceMemory x;
  private Moments moments;

  /** A parameter of each unit, and its gradient. */
  private record Parameter(DeviceMemory value, DeviceMemory gradient) {
    static Parameter of(SmallParameters small, String name) {
      return new Parameter(small.value(name), small.gradient(name));
    }
  }

  /** What is known of each unit: mean, one over the spread, and sums of gradients. */
  private record Moments(
      DeviceMemory mean, DeviceMemory inverse, DeviceMemory sums, DeviceMemory along) {}

  /**
   * Makes the normalisation that is stored under a name.
   *
   * @param stores have its parameters and statistics
   * @param name its stored name
   * @param units number of units
   */
  BatchNorm(Stores stores, String name, int units) {
    this.weight = Parameter.of(stores.small(), name + ".weight");
    this.bias = Parameter.of(stores.small(), name + ".bias");
    this.runningMean = stores.statistics().of(name + ".running_mean");
    this.runningVariance = stores.statistics().of(name + ".running_var");
    this.collects = stores.statistics().collects(name + ".running_mean");
    this.units = units;
  }

  void reserve(DeviceArena arena, int rows) {
    x = arena.words((long) rows * units);
    moments =
        new Moments(
            arena.words(units), arena.words(units), arena.doubles(units), arena.doubles(units));
  }

  private Struct struct(Frame frame, Rows v) {
    return frame
        .launches()
        .struct(
            v.memory(),
            x,
            weight.value(),
            bias.value(),
            weight.gradient(),
            bias.gradient(),
            runningMean,
            runningVariance,
            moments.mean(),
            moments.inverse(),
            moments.sums(),
            moments.along(),
            frame.rows(),
            units,
            frame.training() && collects ? 1 : 0);
  }

  /** Adds the launches that normalise rows in place. */
  void forward(Frame frame, Rows v) {
    Struct own = struct(frame, v);
    frame.launches().addLine(Code.FIND_BATCH_MOMENTS, blocks(), own);
    frame.launches().add(Code.NORMALISE_BATCH, blocks(), frame.blocksOfWarps(), 1, own);
  }

  /** Adds the launches that take the gradient by what came out to that by what went in. */
  void backward(Frame frame, Rows v, Rows gradient) {
    Struct own = struct(frame, v);
    frame.launches().addLine(Code.SUM_BATCH_GRADIENTS, blocks(), own, gradient.memory());
    frame
        .launches()
        .add(Code.DIFFERENTIATE_BATCH, blocks(), frame.blocksOfWarps(), 1, own, gradient.memory());
  }

  private int blocks() {
    return Math.ceilDiv(units, 32);
  }
}
