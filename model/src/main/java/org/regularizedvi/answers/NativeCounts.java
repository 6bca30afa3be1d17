package org.regularizedvi.answers;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Reduces counts to their native part, given the native share of each: to what is expected, to the
 * most probable whole number, or to a draw. The native part is never above the count. A draw is a
 * function of seed, cell and feature.
 */
final class NativeCounts {
  private static final double TWO_POW_MINUS_53 = 0x1p-53;

  private final CorrectionMethod method;
  private final CounterRandom random;
  private final Draw draw;

  NativeCounts(CorrectionMethod method, long seed, int modality) {
    this.method = method;
    this.random = new CounterRandom(seed);
    this.draw = Draw.of(Draw.Kind.NATIVE_COUNT, modality);
  }

  /**
   * {@return the native counts; those that are 0 are left out}
   *
   * @param shares of each stored count, in [0, 1]
   * @param cells each row's cell in the data set
   * @throws InputException when whole counts are asked for of a fraction
   */
  SparseRows of(SparseRows counts, float[] shares, int[] cells) {
    int[] indptr = new int[counts.rows() + 1];
    int[] indices = new int[counts.nonzeros()];
    float[] values = new float[counts.nonzeros()];
    int kept = 0;
    for (int n = 0; n < counts.rows(); n++) {
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        int feature = counts.indices()[i];
        float left = left(counts.values()[i], shares[i], cells[n], feature);
        if (left > 0) {
          indices[kept] = feature;
          values[kept++] = left;
        }
      }
      indptr[n + 1] = kept;
    }
    return new SparseRows(
        counts.columns(), indptr, Arrays.copyOf(indices, kept), Arrays.copyOf(values, kept));
  }

  private float left(float x, float share, int cell, int feature) {
    return switch (method) {
      case EXPECTED -> x * share;
      case MODE -> BinomialDraw.mode(whole(x, cell), share);
      case BINOMIAL -> BinomialDraw.of(uniform(cell, feature), whole(x, cell), share);
    };
  }

  private static int whole(float x, int cell) {
    if (x != (int) x) {
      throw new InputException(
          "Whole corrected counts need whole counts, but cell %d (counted from 0) has %s; expected counts (--method expected) do not."
              .formatted(cell, x));
    }
    return (int) x;
  }

  private double uniform(int cell, int feature) {
    long high = random.word(draw.purpose(), draw.step(0), cell, feature) >>> 5;
    long low = random.word(draw.purpose(), draw.step(1), cell, feature) >>> 6;
    return (high << 26 | low) * TWO_POW_MINUS_53;
  }
}
