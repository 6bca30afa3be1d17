package org.regularizedvi.cpu.step;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.kernel.optimiser.AdamStep;

/**
 * Holds a weight of genes x units whose gradient comes tile by tile, with both moments of its
 * optimiser. Rows are {@code stride} floats apart. Of several workers each trains the rows of some
 * genes, and has room for all.
 *
 * @param name stored name of the parameter that it belongs to
 * @param firstColumn of a weight that it holds the transpose of some columns of; else 0
 * @param weight genes x units, float32 in native memory
 * @param first the optimiser's first moment, laid out as the weight; empty when it is not trained
 * @param second the optimiser's second moment, laid out as the weight; empty when it is not trained
 * @param stride number of floats from one row to the next, at least the number of units
 * @param lrMultiplier factor on its learning rate, positive
 * @param bounds the first of each worker's rows, and the number of rows
 */
public record TiledMatrix(
    String name,
    int firstColumn,
    MemorySegment weight,
    MemorySegment first,
    MemorySegment second,
    int stride,
    double lrMultiplier,
    int[] bounds) {

  /** Takes the gradient of a tile as soon as it is known, on whichever thread computed it. */
  public interface Taker {
    /**
     * Takes the gradient of some rows.
     *
     * @param matrix the weight
     * @param firstRow the first of the rows
     * @param rows number of rows
     * @param gradient of rows {@code [firstRow, firstRow + rows)}, laid out as the weight; valid
     *     only during the call, and may be overwritten
     */
    void take(TiledMatrix matrix, int firstRow, int rows, MemorySegment gradient);

    /**
     * {@return a taker that shows every gradient to a watch, while it is near the core, and then
     * takes it}
     *
     * @param watch remembers the first gradient that is not finite
     */
    default Taker seenBy(GradientWatch watch) {
      return (matrix, firstRow, rows, gradient) -> {
        watch.see(matrix.name(), gradient, (long) rows * matrix.stride());
        take(matrix, firstRow, rows, gradient);
      };
    }

    /**
     * {@return a taker that lets Adam change the weight at once, so that the whole gradient never
     * exists}
     *
     * @param step the arithmetic of the step, before the weight's own learning rate
     */
    static Taker adam(AdamStep step) {
      return (matrix, firstRow, rows, gradient) ->
          matrix.update(step.times(matrix.lrMultiplier), firstRow, rows, gradient);
    }
  }

  /**
   * Brings together what all workers have trained of the weight.
   *
   * @param split the workers
   */
  public void gatherWeight(Split split) {
    split.gatherRows(weight, bounds, (long) stride * Float.BYTES);
  }

  /**
   * Brings together what all workers keep of the optimiser's moments.
   *
   * @param split the workers
   */
  public void gatherMoments(Split split) {
    split.gatherRows(first, bounds, (long) stride * Float.BYTES);
    split.gatherRows(second, bounds, (long) stride * Float.BYTES);
  }

  private void update(AdamStep step, int firstRow, int rows, MemorySegment gradient) {
    step.apply(
        rows(weight, firstRow, rows),
        gradient,
        rows(first, firstRow, rows),
        rows(second, firstRow, rows),
        0,
        (long) rows * stride);
  }

  private MemorySegment rows(MemorySegment matrix, int firstRow, int rows) {
    return matrix.asSlice(
        (long) firstRow * stride * Float.BYTES, (long) rows * stride * Float.BYTES);
  }
}
