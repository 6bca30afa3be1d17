package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.kernel.threads.Team;

/**
 * Cuts cells into the blocks that a decoder is best given, and works on them on several threads.
 * Bits do not depend on their number.
 */
final class CellBlocks implements AutoCloseable {
  /** The number of rows of a matrix of cells x features that is worked out and put away at once. */
  static final int ROWS_AT_ONCE = 256;

  private final int cellsAtOnce;
  private final Team team = new Team(Processor.threads());

  /** Works on the rows {@code from} to {@code to - 1} of a minibatch. */
  interface Body<T> {
    T of(int from, int to);
  }

  /** Gives the values of a few cells. */
  interface Part {
    /**
     * @param cells covariates of the rows {@code first} and following of the minibatch
     * @return in row-major order
     */
    float[] of(Covariates cells, int first);
  }

  CellBlocks(CellDecoder decoder) {
    this.cellsAtOnce = decoder.cellsAtOnce();
  }

  /**
   * {@return the results of a body for each block of the rows {@code 0} to {@code rows - 1}, in
   * order}
   */
  <T> List<T> map(int rows, Body<T> body) {
    return map(0, rows, body);
  }

  private <T> List<T> map(int from, int to, Body<T> body) {
    List<AtomicReference<T>> blocks =
        Stream.generate(AtomicReference<T>::new)
            .limit(Math.ceilDiv(to - from, cellsAtOnce))
            .toList();
    team.run(
        blocks.size(),
        (_, task) -> {
          int first = from + task * cellsAtOnce;
          blocks.get(task).set(body.of(first, Math.min(to, first + cellsAtOnce)));
        });
    return blocks.stream().map(AtomicReference::get).toList();
  }

  /**
   * {@return the rows {@code from} to {@code to - 1} in row-major order, NaN where they lack the
   * modality}
   *
   * @param modality its place in the model
   */
  float[] matrix(Minibatch minibatch, int modality, int from, int to, Part part) {
    float[] values =
        joined(map(from, to, (first, end) -> part.of(covariates(minibatch, first, end), first)));
    boolean[] present = minibatch.present(modality);
    int columns = values.length / (to - from);
    for (int n = from; n < to; n++) {
      if (!present[n]) {
        Arrays.fill(values, (n - from) * columns, (n - from + 1) * columns, Float.NaN);
      }
    }
    return values;
  }

  /** {@return the values of blocks one after another} */
  static float[] joined(List<float[]> blocks) {
    int length = blocks.stream().mapToInt(block -> block.length).reduce(0, Math::addExact);
    float[] values = new float[length];
    int at = 0;
    for (float[] block : blocks) {
      System.arraycopy(block, 0, values, at, block.length);
      at += block.length;
    }
    return values;
  }

  /** {@return the covariates of the rows {@code from} to {@code to - 1}} */
  static Covariates covariates(Minibatch minibatch, int from, int to) {
    return minibatch.covariates().gather(IntStream.range(from, to).toArray());
  }

  @Override
  public void close() {
    team.close();
  }
}
