package org.regularizedvi.cpu.answer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Holds what softmax needs to know of all features of each cell: rho = exp(a - largest) / sum,
 * where the sum is that of exp(a - largest).
 *
 * <p>Logits come tile by tile. When a larger one comes, what was summed so far is scaled down.
 */
final class SoftmaxSums {
  private final float[] largestN;
  private final double[] sumN;
  private final float[] exponentials;

  /** Makes the sums of no features yet. */
  SoftmaxSums(int cells, int featuresAtOnce) {
    largestN = new float[cells];
    Arrays.fill(largestN, Float.NEGATIVE_INFINITY);
    sumN = new double[cells];
    exponentials = new float[featuresAtOnce];
  }

  /** Adds the logits of some features of all cells. */
  void add(Matrix logitsNT) {
    MemorySegment room = MemorySegment.ofArray(exponentials);
    int count = logitsNT.columns();
    for (int n = 0; n < largestN.length; n++) {
      long row = (long) n * logitsNT.stride();
      float before = largestN[n];
      float largest = before;
      for (int t = 0; t < count; t++) {
        largest = Math.max(largest, logitsNT.memory().getAtIndex(JAVA_FLOAT, row + t));
      }
      VectorFunctions.exp(logitsNT.memory(), row, largest, room, 0, count);
      double sum = sumN[n] * Math.exp(before - largest);
      for (int t = 0; t < count; t++) {
        sum += exponentials[t];
      }
      largestN[n] = largest;
      sumN[n] = sum;
    }
  }

  /** {@return the largest logit of a cell} */
  float largest(int n) {
    return largestN[n];
  }

  /** {@return what exp(a - largest) is multiplied by to give rho} */
  float factor(int n) {
    return (float) (1 / sumN[n]);
  }
}
