package org.regularizedvi.gpu.step;

import org.regularizedvi.core.config.Precision;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Measures how fast a card makes the products of the decoder's last layer. */
public final class ProductSpeed {
  private static final int ROWS = 1024;
  private static final int GENES = 4096;
  private static final int UNITS = 256;
  private static final int PARTS = 16;

  private ProductSpeed() {}

  /**
   * {@return seconds per multiplication or addition, the better of two products}
   *
   * @param device the card
   * @param precision of the operands
   */
  public static double secondsPerOperation(Device device, Precision precision) {
    device.enter();
    Kernels kernels = new Kernels(device, precision == Precision.BFLOAT16);
    try (DeviceArena arena = new DeviceArena(device);
        Launches launches = new Launches(kernels)) {
      int bytes = kernels.operandBytes();
      DeviceMemory left = arena.zeros((long) ROWS * GENES * bytes);
      DeviceMemory right = arena.zeros((long) GENES * UNITS * bytes);
      launches.add(
          kernels.fitting(Code.PART_OF_PRODUCT_FLOAT32, Code.PART_OF_PRODUCT_BFLOAT16),
          UNITS / WideWeight.TILE,
          ROWS / WideWeight.TILE,
          PARTS,
          left,
          right,
          arena.words((long) PARTS * ROWS * UNITS),
          ROWS,
          GENES,
          UNITS,
          GENES / PARTS);
      double best = Double.POSITIVE_INFINITY;
      for (int round = 0; round < 2; round++) {
        device.await();
        long start = System.nanoTime();
        launches.run();
        device.await();
        best = Math.min(best, (System.nanoTime() - start) * 1e-9);
      }
      return best / (2.0 * ROWS * GENES * UNITS);
    }
  }
}
