package org.regularizedvi.cpu.sparse;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.step.TiledMatrix;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.kernel.sparse.SparseProduct;
import org.regularizedvi.kernel.sparse.SparseProduct.Dense;
import org.regularizedvi.kernel.sparse.SparseProduct.Sparse;

/**
 * Computes the first linear map of one encoder over the nonzeros of one modality, and its weight's
 * gradient.
 *
 * <p>It holds the weight's columns for counts as genes x units, so that a count picks one run of
 * memory; {@link #store} brings them back into the stored parameter.
 */
public final class SparseFirstLayer {
  private static final long ALIGNMENT = 64;

  /**
   * Genes whose gradient is made before the optimiser takes it: small enough for the first-level
   * cache.
   */
  private static final int GENES_AT_ONCE = 16;

  private final GeneTiles tiles;
  private final MemorySegment stored;
  private final int storedColumns;
  private final int units;
  private final TiledMatrix counts;
  private final MemorySegment[] scratch;

  /**
   * Copies the columns of a modality's counts out of the stored weight.
   *
   * @param arena owns its memory
   * @param parameters of the model
   * @param weight the stored name of the encoder's first weight
   * @param part what the encoder sees of the modality
   * @param trained whether the optimiser's moments are needed
   * @param workers do the copying
   */
  public SparseFirstLayer(
      Arena arena,
      Parameters parameters,
      String weight,
      EncoderPart part,
      boolean trained,
      Workers workers) {
    long[] shape = parameters.spec(weight).shape();
    this.units = (int) shape[0];
    this.storedColumns = (int) shape[1];
    this.tiles = GeneTiles.of(part.features());
    this.stored = parameters.memory(weight).asSlice((long) part.firstColumn() * Float.BYTES);
    int stride = SparseProduct.stride(units);
    long bytes = (long) tiles.genes() * stride * Float.BYTES;
    this.counts =
        new TiledMatrix(
            weight,
            part.firstColumn(),
            arena.allocate(bytes, ALIGNMENT),
            arena.allocate(trained ? bytes : 0, ALIGNMENT),
            arena.allocate(trained ? bytes : 0, ALIGNMENT),
            stride,
            parameters.spec(weight).lrMultiplier());
    workers.run(
        tiles.count(),
        (_, t) ->
            SparseProduct.transposeInto(
                storedColumns(t), units, tiles.genesOf(t), storedColumns, rows(t)));
    this.scratch = new MemorySegment[workers.size()];
    for (int w = 0; w < scratch.length; w++) {
      scratch[w] = arena.allocate((long) GENES_AT_ONCE * stride * Float.BYTES, ALIGNMENT);
    }
  }

  /** {@return the weight's columns for counts} */
  public TiledMatrix counts() {
    return counts;
  }

  /**
   * Adds the nonzeros' share of the linear map to some rows.
   *
   * @param minibatch the counts as the encoder sees them
   * @param from the first row
   * @param to the row after the last
   * @param out cells x units
   */
  public void forward(EncoderCounts minibatch, int from, int to, Matrix out) {
    Dense sums = new Dense(out.memory(), 0, out.stride());
    Dense weight = new Dense(counts.weight(), 0, counts.stride());
    for (int t = 0; t < tiles.count(); t++) {
      SparseProduct.add(minibatch.byCell(t), weight, sums, from, to);
    }
  }

  /** {@return the number of tasks that {@link #backward} is cut into} */
  public int backwardTasks() {
    return tiles.count();
  }

  /**
   * Hands a part of the weight's gradient out, gene by gene.
   *
   * @param minibatch the counts as the encoder sees them
   * @param gradient by the linear map's result: cells x units
   * @param worker who does the task
   * @param task its number
   * @param taker takes the gradient
   */
  public void backward(
      EncoderCounts minibatch, Matrix gradient, int worker, int task, TiledMatrix.Taker taker) {
    Dense cells = new Dense(gradient.memory(), 0, gradient.stride());
    Sparse byGene = minibatch.byGene();
    int end = tiles.first(task) + tiles.genesOf(task);
    for (int gene = tiles.first(task); gene < end; gene += GENES_AT_ONCE) {
      int genes = Math.min(GENES_AT_ONCE, end - gene);
      Dense out = new Dense(scratch[worker], -gene, counts.stride());
      SparseProduct.clear(out, gene, gene + genes);
      SparseProduct.add(byGene, cells, out, gene, gene + genes);
      taker.take(counts, gene, genes, scratch[worker]);
    }
  }

  /**
   * Copies the weight into the stored parameter.
   *
   * @param workers do the copying
   */
  public void store(Workers workers) {
    workers.run(
        tiles.count(),
        (_, t) ->
            SparseProduct.transposeFrom(
                rows(t), units, tiles.genesOf(t), storedColumns(t), storedColumns));
  }

  /** {@return a tile's columns of the stored weight} */
  private MemorySegment storedColumns(int tile) {
    return stored.asSlice((long) tiles.first(tile) * Float.BYTES);
  }

  /** {@return a tile's rows of this layer's own copy of the weight} */
  private Dense rows(int tile) {
    long first = (long) tiles.first(tile) * counts.stride() * Float.BYTES;
    return new Dense(counts.weight().asSlice(first), 0, counts.stride());
  }
}
