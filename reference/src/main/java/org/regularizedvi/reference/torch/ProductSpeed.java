package org.regularizedvi.reference.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.config.Precision;

/** Measures how fast this machine multiplies matrices as the decoder's head does, on one thread. */
public final class ProductSpeed {
  private static final int CELLS = 1024;
  private static final int UNITS = 512;
  private static final int GENES = 512;
  private static final int ROUNDS = 9;

  private ProductSpeed() {}

  /**
   * {@return the seconds per multiplication or addition in the three products of a tile of genes,
   * the best of some rounds}
   *
   * @param precision float32 or bfloat16
   */
  public static double secondsAnOperation(Precision precision) {
    try (PointerScope _ = new PointerScope()) {
      LibraryThreads.set(1);
      torch.ScalarType type =
          precision == Precision.BFLOAT16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
      Tensor hidden = torch.ones(CELLS, UNITS).to(type);
      Tensor weight = torch.ones(GENES, UNITS).to(type);
      // The same memory each time: pages that the system has to find first take longer than
      // bfloat16 products.
      Tensor logits = torch.ones(CELLS, GENES).to(type);
      Tensor hiddenGradient = torch.ones(CELLS, UNITS).to(type);
      Tensor weightGradient = torch.ones(GENES, UNITS).to(type);
      double best = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        torch.mm_out(logits, hidden, weight.t());
        torch.mm_out(hiddenGradient, logits, weight);
        torch.mm_out(weightGradient, logits.t(), hidden);
        best = Math.min(best, System.nanoTime() - start);
      }
      return best / 1e9 / (3 * 2.0 * CELLS * UNITS * GENES);
    }
  }
}
