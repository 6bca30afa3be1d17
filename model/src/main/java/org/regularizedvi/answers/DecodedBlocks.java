package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.kernel.threads.Team;

/**
 * Cuts cells into the blocks that a decoder is best given, and works on them on several threads.
 * Bits do not depend on their number.
 */
final class DecodedBlocks implements AutoCloseable {
  /** Rows of a matrix of cells x features that is worked out and put away. */
  static final int ROWS_AT_ONCE = 256;

  private final int cellsAtOnce;
  private final Team team = new Team(Processor.threads());

  /** Works on the rows {@code from} to {@code to - 1} of a minibatch. */
  interface Body {
    void run(int from, int to);
  }

  /** Gives the values of a few cells. */
  interface Part {
    /**
     * @param cells covariates of the rows {@code first} and following of the minibatch
     * @return in row-major order
     */
    float[] of(Covariates cells, int first);
  }

  DecodedBlocks(CellDecoder decoder) {
    this.cellsAtOnce = decoder.cellsAtOnce();
  }

  /** Works on all blocks of the rows {@code from} to {@code to - 1}. */
  void each(int from, int to, Body body) {
    team.run(
        Math.ceilDiv(to - from, cellsAtOnce),
        (_, task) -> {
          int first = from + task * cellsAtOnce;
          body.run(first, Math.min(to, first + cellsAtOnce));
        });
  }

  /**
   * Returns the rows {@code from} to {@code to - 1} in row-major order, NaN where they lack the
   * modality.
   */
  float[] matrix(Minibatch minibatch, int modality, int from, int to, Part part) {
    float[][] blocks = new float[Math.ceilDiv(to - from, cellsAtOnce)][];
    each(
        from,
        to,
        (first, end) ->
            blocks[(first - from) / cellsAtOnce] =
                part.of(covariates(minibatch, first, end), first));
    int columns = blocks[0].length / Math.min(cellsAtOnce, to - from);
    float[] values = new float[Math.multiplyExact(to - from, columns)];
    boolean[] present = minibatch.present(modality);
    int at = 0;
    for (float[] block : blocks) {
      System.arraycopy(block, 0, values, at, block.length);
      at += block.length;
    }
    for (int n = from; n < to; n++) {
      if (!present[n]) {
        Arrays.fill(values, (n - from) * columns, (n - from + 1) * columns, Float.NaN);
      }
    }
    return values;
  }

  /** Returns the covariates of the rows {@code from} to {@code to - 1}. */
  static Covariates covariates(Minibatch minibatch, int from, int to) {
    return minibatch.covariates().gather(IntStream.range(from, to).toArray());
  }

  @Override
  public void close() {
    team.close();
  }
}
