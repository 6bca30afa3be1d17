package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.fused.Workers;
import org.regularizedvi.cpu.net.Modality;

/**
 * Works out values of cells x features of one modality for {@value #CELLS_AT_ONCE} cells at a time,
 * on several threads. Bits do not depend on their number.
 */
final class DecodedBlocks implements AutoCloseable {
  /** Rows of a block that is worked out and put away. */
  static final int ROWS_AT_ONCE = 256;

  private static final int CELLS_AT_ONCE = 32;

  private final Modality modality;
  private final Workers workers;

  /** Gives the values of a few cells. */
  interface Part {
    /**
     * @param cells covariates of the rows {@code first} and following of the minibatch
     * @return in row-major order
     */
    float[] of(Covariates cells, int first);
  }

  DecodedBlocks(Modality modality, int threads) {
    this.modality = modality;
    this.workers = new Workers(threads);
  }

  /**
   * The rows {@code from} to {@code to - 1} in row-major order, NaN where they lack the modality.
   */
  float[] of(Minibatch minibatch, int from, int to, int columns, Part part) {
    float[] values = new float[Math.multiplyExact(to - from, columns)];
    boolean[] present = minibatch.present(modality.spec().index());
    workers.run(
        (to - from + CELLS_AT_ONCE - 1) / CELLS_AT_ONCE,
        (_, task) -> {
          int first = from + task * CELLS_AT_ONCE;
          int end = Math.min(to, first + CELLS_AT_ONCE);
          try (PointerScope _ = new PointerScope();
              NoGradGuard _ = new NoGradGuard()) {
            Covariates some = minibatch.covariates().gather(IntStream.range(first, end).toArray());
            float[] block = part.of(some, first);
            System.arraycopy(block, 0, values, (first - from) * columns, block.length);
          }
        });
    for (int n = from; n < to; n++) {
      if (!present[n]) {
        Arrays.fill(values, (n - from) * columns, (n - from + 1) * columns, Float.NaN);
      }
    }
    return values;
  }

  @Override
  public void close() {
    workers.close();
  }
}
