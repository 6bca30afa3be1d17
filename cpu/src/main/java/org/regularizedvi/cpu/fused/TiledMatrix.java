package org.regularizedvi.cpu.fused;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.kernel.optimiser.AdamStep;

/**
 * A weight of genes x units whose gradient comes tile by tile, with both moments of its optimiser.
 * Rows are {@code stride} floats apart.
 *
 * @param name stored name of the parameter that it belongs to
 * @param firstColumn of a weight that it holds the transpose of some columns of; else 0
 * @param lrMultiplier factor on its learning rate
 */
public record TiledMatrix(
    String name,
    int firstColumn,
    MemorySegment weight,
    MemorySegment first,
    MemorySegment second,
    int stride,
    double lrMultiplier) {

  /** Who takes the gradient of a tile as soon as it is known. */
  public interface Taker {
    /**
     * @param gradient of rows {@code [firstRow, firstRow + rows)}, valid only during the call
     */
    void take(TiledMatrix matrix, int firstRow, int rows, MemorySegment gradient);

    /** Shows every gradient to a watch, while it is near the core, and then to this. */
    default Taker seenBy(GradientWatch watch) {
      return (matrix, firstRow, rows, gradient) -> {
        watch.see(matrix.name(), gradient, (long) rows * matrix.stride());
        take(matrix, firstRow, rows, gradient);
      };
    }

    /** Lets Adam change the weight at once: the whole gradient never exists. */
    static Taker adam(AdamStep step) {
      return (matrix, firstRow, rows, gradient) ->
          matrix.update(step.times(matrix.lrMultiplier), firstRow, rows, gradient);
    }
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
