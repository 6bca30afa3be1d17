package org.regularizedvi.gpu.step;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Multiplies the part of z that one encoder draws by scales. */
sealed interface LatentScale permits SharedScale, CellScale {
  /** {@return the encoder that gives the scales, where they are each cell's own} */
  Optional<EncoderLayers> encoder();

  /**
   * {@return the scales of the cells, rows of the part's width, where a dimension with a small one
   * is not active; none where small ones do not count}
   */
  DeviceMemory ofCells();

  /** {@return where the scales lie, and numbers from one cell's to the next: 0 where shared} */
  Rows scales();

  /** {@return what was multiplied, then, going back, the gradients by the scales} */
  Rows unscaled();

  void reserve(DeviceArena arena, int rows);

  /** {@return the scales of each of the first cells, as the last launches drew them} */
  default IntFunction<float[]> drawn(int rows) {
    int width = unscaled().stride();
    int stride = scales().stride();
    float[] all = scales().memory().floats((stride == 0 ? 1 : rows) * width);
    return n -> Arrays.copyOfRange(all, n * stride, n * stride + width);
  }

  /**
   * Adds the launches that draw the scales, and compute their divergence.
   *
   * @param counts of each modality
   * @param room for parts of sums
   * @param present whether each cell has the modality
   */
  void draw(Frame frame, List<CountRows> counts, DeviceMemory room, DeviceMemory present);

  /**
   * Adds the launches that take the gradients by the scales back to their parameters.
   *
   * @param present whether each cell has the modality
   */
  void differentiate(Frame frame, DeviceMemory present);

  /** Adds the terms of what all cells share, as the last step found them. */
  void addValues(GlobalNats nats);

  /** Adds the launch that multiplies a part of z. */
  default void multiply(Frame frame, Rows part) {
    product(frame, Code.MULTIPLY_BY_SCALES, part);
  }

  /** Adds the launches that take the gradient by the part of z back, in place. */
  default void backward(Frame frame, DeviceMemory present, Rows gradient) {
    product(frame, Code.DIFFERENTIATE_PRODUCT, gradient);
    differentiate(frame, present);
  }

  private void product(Frame frame, Code code, Rows rows) {
    int width = unscaled().stride();
    frame
        .launches()
        .add(
            code,
            Math.ceilDiv(width, 32),
            frame.blocksOfWarps(),
            1,
            rows.memory(),
            rows.stride(),
            scales().memory(),
            scales().stride(),
            unscaled().memory(),
            frame.rows(),
            width);
  }
}
