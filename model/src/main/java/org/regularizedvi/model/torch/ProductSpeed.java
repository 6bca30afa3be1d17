package org.regularizedvi.model.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.model.config.Precision;

/** How fast this machine multiplies matrices of the decoder's kind, on one thread. */
public final class ProductSpeed {
  private static final int CELLS = 1024;
  private static final int UNITS = 512;
  private static final int GENES = 512;
  private static final int ROUNDS = 9;

  private ProductSpeed() {}

  /**
   * Seconds of one multiplication or addition, the best of some rounds.
   *
   * @param precision float32 or bfloat16
   */
  public static double secondsAnOperation(Precision precision) {
    try (PointerScope _ = new PointerScope()) {
      torch.set_num_threads(1);
      torch.ScalarType scalar =
          precision == Precision.BFLOAT16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
      Tensor hidden = torch.ones(CELLS, UNITS).to(scalar);
      Tensor weight = torch.ones(UNITS, GENES).to(scalar);
      double best = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        hidden.mm(weight);
        best = Math.min(best, System.nanoTime() - start);
      }
      return best / 1e9 / (2.0 * CELLS * UNITS * GENES);
    }
  }
}
