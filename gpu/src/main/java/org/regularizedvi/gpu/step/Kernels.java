package org.regularizedvi.gpu.step;

import java.util.EnumMap;
import java.util.Map;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.Kernel;

/** Holds the kernels of an opened card, and says which fit the operands of products. */
final class Kernels {
  private final Map<Code, Kernel> kernels = new EnumMap<>(Code.class);
  private final Device device;
  private final boolean bfloat16;
  private final boolean training;

  /**
   * Finds the kernels for a training.
   *
   * @param device the card
   * @param bfloat16 whether wide products take bfloat16 operands, else float32
   */
  Kernels(Device device, boolean bfloat16) {
    this(device, bfloat16, true);
  }

  private Kernels(Device device, boolean bfloat16, boolean training) {
    this.training = training;
    this.device = device;
    this.bfloat16 = bfloat16;
    for (Code code : Code.values()) {
      kernels.put(code, device.kernel(code.symbol(), code.sharedBytes()));
    }
  }

  /** {@return the kernels for questions to a model, whose products are in float32} */
  static Kernels answering(Device device) {
    return new Kernels(device, false, false);
  }

  /** {@return whether parameters change, so that gradients and moments have their room} */
  boolean training() {
    return training;
  }

  Device device() {
    return device;
  }

  Kernel of(Code code) {
    return kernels.get(code);
  }

  boolean bfloat16() {
    return bfloat16;
  }

  /** {@return bytes of an operand of a wide product} */
  int operandBytes() {
    return bfloat16 ? Short.BYTES : Float.BYTES;
  }

  /** {@return the one of two kernels that fits the operands} */
  Code fitting(Code ofFloat32, Code ofBfloat16) {
    return bfloat16 ? ofBfloat16 : ofFloat32;
  }
}
