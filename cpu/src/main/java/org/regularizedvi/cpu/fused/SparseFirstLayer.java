package org.regularizedvi.cpu.fused;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.kernel.sparse.SparseProduct;
import org.regularizedvi.kernel.sparse.SparseProduct.Dense;
import org.regularizedvi.kernel.sparse.SparseProduct.Sparse;
import org.regularizedvi.reference.net.Encoder;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the first linear map of one encoder, over the nonzeros of one modality, and its weight's
 * gradient.
 *
 * <p>It holds the weight's columns for counts as genes x units, so that a count picks one run of
 * memory; the columns for continuous covariates and one-hot codes, its tail, stay a small tensor
 * that libtorch differentiates. Both go back into the stored parameter by {@link #store}.
 */
final class SparseFirstLayer implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  /**
   * Genes whose gradient is made before the optimiser takes it: small enough for the first-level
   * cache.
   */
  private static final int GENES_AT_ONCE = 16;

  /**
   * The number of cells that a worker takes at once, at most: each such chunk reads all of the
   * weight.
   */
  private static final int CELLS_AT_ONCE = 256;

  private final Arena arena = Arena.ofShared();
  private final GeneTiles tiles;
  private final MemorySegment stored;
  private final long storedColumns;
  private final Tensor storedTail;
  private final int units;
  private final int stride;
  private final TiledMatrix counts;
  private final Tensor tail;
  private final MemorySegment[] scratch;
  private MemorySegment sums = MemorySegment.NULL;
  private MemorySegment sumGradients = MemorySegment.NULL;

  /**
   * Copies the columns of a modality's counts out of the stored weight.
   *
   * @param trained whether the optimiser's moments are needed
   */
  SparseFirstLayer(
      Encoder encoder,
      EncoderPart part,
      GeneTiles tiles,
      ParameterTensors parameters,
      boolean trained,
      Workers workers) {
    this.tiles = tiles;
    Tensor weight = parameters.get(encoder.firstWeight());
    this.stored = Tensors.memory(weight).asSlice((long) part.firstColumn() * Float.BYTES);
    this.storedColumns = weight.size(1);
    this.units = encoder.shape().hidden();
    this.stride = SparseProduct.stride(units);
    long bytes = (long) tiles.genes() * stride * Float.BYTES;
    this.counts =
        new TiledMatrix(
            encoder.firstWeight(),
            part.firstColumn(),
            arena.allocate(bytes, ALIGNMENT),
            arena.allocate(trained ? bytes : 0, ALIGNMENT),
            arena.allocate(trained ? bytes : 0, ALIGNMENT),
            stride,
            parameters.spec(encoder.firstWeight()).lrMultiplier());
    workers.run(
        tiles.count(),
        (_, t) ->
            SparseProduct.transposeInto(
                storedColumns(t), units, tiles.genesOf(t), storedColumns, rows(t)));
    long behindCounts = part.firstColumn() + tiles.genes();
    boolean last = part.equals(encoder.parts().getLast());
    long end = last ? storedColumns : part.lastColumn();
    this.storedTail = Tensors.keep(weight.detach().narrow(1, behindCounts, end - behindCounts));
    this.tail = Tensors.keep(storedTail.contiguous().clone());
    tail.requires_grad_(true);
    this.scratch = new MemorySegment[workers.size()];
    for (int w = 0; w < scratch.length; w++) {
      scratch[w] = arena.allocate((long) GENES_AT_ONCE * stride * Float.BYTES, ALIGNMENT);
    }
  }

  /**
   * {@return the weight's columns behind the counts, up to the next modality's: units x
   * (continuous, and for the last one-hot)}
   */
  Tensor tail() {
    return tail;
  }

  /** {@return the weight's columns for counts} */
  TiledMatrix counts() {
    return counts;
  }

  /** {@return the nonzeros' share of the linear map: N x H, its memory reused by the next call} */
  Tensor forward(EncoderCounts minibatch, Workers workers) {
    int rows = minibatch.rows();
    sums = reserve(sums, rows);
    Dense out = new Dense(sums, 0, stride);
    Dense weight = new Dense(counts.weight(), 0, stride);
    int chunk = Math.min(CELLS_AT_ONCE, (rows + workers.size() - 1) / workers.size());
    workers.run(
        (rows + chunk - 1) / chunk,
        (_, task) -> {
          int from = task * chunk;
          int to = Math.min(rows, from + chunk);
          SparseProduct.clear(out, from, to);
          for (int t = 0; t < tiles.count(); t++) {
            SparseProduct.add(minibatch.byCell(t), weight, out, from, to);
          }
        });
    return matrix(sums, rows);
  }

  private Tensor matrix(MemorySegment memory, int rows) {
    return torch.from_blob(
        pointer(memory),
        new long[] {rows, units},
        new long[] {stride, 1},
        new TensorOptions(torch.ScalarType.Float));
  }

  /**
   * {@return the matrix in which the gradient of {@link #forward}'s result is to be left: N x H}
   */
  Tensor gradient(int rows) {
    sumGradients = reserve(sumGradients, rows);
    return matrix(sumGradients, rows);
  }

  /** Hands the weight's gradient out gene by gene, from what was left in {@link #gradient}. */
  void backward(EncoderCounts minibatch, TiledMatrix.Taker taker, Workers workers) {
    Dense cells = new Dense(sumGradients, 0, stride);
    Sparse byGene = minibatch.byGene();
    workers.run(
        tiles.count(),
        (worker, tile) -> {
          int end = tiles.first(tile) + tiles.genesOf(tile);
          for (int gene = tiles.first(tile); gene < end; gene += GENES_AT_ONCE) {
            int genes = Math.min(GENES_AT_ONCE, end - gene);
            Dense out = new Dense(scratch[worker], -gene, stride);
            SparseProduct.clear(out, gene, gene + genes);
            SparseProduct.add(byGene, cells, out, gene, gene + genes);
            taker.take(counts, gene, genes, scratch[worker]);
          }
        });
  }

  /** Copies weight and tail into the stored parameter. */
  void store(Workers workers) {
    workers.run(
        tiles.count(),
        (_, t) ->
            SparseProduct.transposeFrom(
                rows(t), units, tiles.genesOf(t), storedColumns(t), storedColumns));
    if (tail.size(1) > 0) {
      storedTail.copy_(tail.detach());
    }
  }

  /** {@return a tile's columns of the stored weight} */
  private MemorySegment storedColumns(int tile) {
    return stored.asSlice((long) tiles.first(tile) * Float.BYTES);
  }

  /** {@return a tile's rows of this layer's own copy of the weight} */
  private Dense rows(int tile) {
    long first = (long) tiles.first(tile) * stride * Float.BYTES;
    return new Dense(counts.weight().asSlice(first), 0, stride);
  }

  private MemorySegment reserve(MemorySegment memory, int rows) {
    long bytes = (long) rows * stride * Float.BYTES;
    return memory.byteSize() >= bytes ? memory : arena.allocate(bytes, ALIGNMENT);
  }

  private static Pointer pointer(MemorySegment memory) {
    return new Pointer() {
      {
        address = memory.address();
      }
    };
  }

  @Override
  public void close() {
    tail.close();
    storedTail.close();
    arena.close();
  }
}
