package org.regularizedvi.gpu.step;

import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * Maps rows linearly, y = x W' + b, in float32.
 *
 * @param weight W, outputs x inputs without gaps
 * @param bias b, a number per output; none where there is none
 * @param weightGradient takes dW, laid out as W
 * @param biasGradient takes db; none where there is no bias
 * @param outputs number of outputs
 * @param inputs number of inputs
 */
record LinearMap(
    DeviceMemory weight,
    DeviceMemory bias,
    DeviceMemory weightGradient,
    DeviceMemory biasGradient,
    int outputs,
    int inputs) {
  private static final int TILE = 64;

  /** {@return the map that is stored under a name} */
  static LinearMap of(SmallParameters parameters, String name, int outputs) {
    String weight = name + ".weight";
    String bias = name + ".bias";
    return new LinearMap(
        parameters.value(weight),
        parameters.value(bias),
        parameters.gradient(weight),
        parameters.gradient(bias),
        outputs,
        parameters.count(weight) / outputs);
  }

  /** {@return a map without a bias} */
  static LinearMap ofWeight(SmallParameters parameters, String weight, int outputs) {
    return new LinearMap(
        parameters.value(weight),
        DeviceMemory.NONE,
        parameters.gradient(weight),
        DeviceMemory.NONE,
        outputs,
        parameters.count(weight) / outputs);
  }

  /** Adds the launch that computes y, or adds to it. */
  void forward(Frame frame, Rows x, Rows y, boolean keep) {
    frame
        .launches()
        .add(
            Code.AFFINE,
            Math.ceilDiv(outputs, TILE),
            Math.ceilDiv(frame.rows(), TILE),
            1,
            x.memory(),
            x.stride(),
            weight,
            inputs,
            bias,
            y.memory(),
            y.stride(),
            frame.rows(),
            outputs,
            inputs,
            keep ? 1 : 0);
  }

  /** Adds the launch that computes dx by some of the first inputs, or adds to it. */
  void backward(Frame frame, Rows dy, Rows dx, int some, boolean keep) {
    frame
        .launches()
        .add(
            Code.INPUT_GRADIENT,
            Math.ceilDiv(some, TILE),
            Math.ceilDiv(frame.rows(), TILE),
            1,
            dy.memory(),
            dy.stride(),
            weight,
            inputs,
            dx.memory(),
            dx.stride(),
            frame.rows(),
            outputs,
            some,
            keep ? 1 : 0);
  }

  /** Adds the launches that compute dW and db. */
  void differentiate(Frame frame, Rows dy, Rows x) {
    frame
        .launches()
        .add(
            Code.WEIGHT_GRADIENT,
            Math.ceilDiv(inputs, TILE),
            Math.ceilDiv(outputs, TILE),
            1,
            dy.memory(),
            dy.stride(),
            x.memory(),
            x.stride(),
            weightGradient,
            frame.rows(),
            outputs,
            inputs);
    if (biasGradient != DeviceMemory.NONE) {
      sumColumns(frame, dy, biasGradient, outputs);
    }
  }

  /** Adds the launch that sums columns over all rows. */
  static void sumColumns(Frame frame, Rows dy, DeviceMemory sums, int columns) {
    frame
        .launches()
        .addLine(
            Code.COLUMN_SUMS,
            Math.ceilDiv(columns, 256),
            dy.memory(),
            dy.stride(),
            sums,
            frame.rows(),
            columns);
  }
}
