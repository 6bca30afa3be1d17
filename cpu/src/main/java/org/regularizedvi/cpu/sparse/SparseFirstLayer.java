package org.regularizedvi.cpu.sparse;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.split.Split;
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
 * memory; {@link #store} brings them back into the stored parameter. Where nothing is trained, each
 * panel of units lies by itself, so that what is read together fills whole pages. Of several
 * workers each computes and trains the rows of some runs of genes.
 */
public final class SparseFirstLayer {
  private static final long ALIGNMENT = 64;

  /**
   * Genes whose gradient is made before the optimiser takes it: small enough for the first-level
   * cache.
   */
  private static final int GENES_AT_ONCE = 16;

  /** Cells whose sums stay near a core beside a tile of weights. */
  private static final int CELLS_AT_ONCE = 128;

  /**
   * Bytes of a panel of all genes' weights that a core's caches hold: then reading them again for
   * few cells costs less than going through many cells' sums tile by tile. (2,000 genes: 251,000
   * cells/s in place of 187,000; 20,000 genes: the first layer of a step 12 ms in place of 16 to 25
   * with few cells.)
   */
  private static final long NEAR_BYTES = 2 << 20;

  private final GeneTiles tiles;
  private final GeneRuns runs;
  private final TileRange own;
  private final MemorySegment stored;
  private final int storedColumns;
  private final UnitPanels panels;
  private final int stride;
  private final MemorySegment weight;
  private final Optional<TiledMatrix> counts;
  private final MemorySegment[] scratch;

  /**
   * Copies the columns of a modality's counts out of the stored weight.
   *
   * @param arena owns its memory
   * @param parameters of the model
   * @param name the stored name of the encoder's first weight
   * @param part what the encoder sees of the modality
   * @param trained whether the optimiser's moments are needed
   * @param split which runs of genes are this worker's
   */
  public SparseFirstLayer(
      Arena arena,
      Parameters parameters,
      String name,
      EncoderPart part,
      boolean trained,
      Split split) {
    long[] shape = parameters.spec(name).shape();
    this.panels = new UnitPanels((int) shape[0]);
    this.storedColumns = (int) shape[1];
    this.tiles = GeneTiles.of(part.features());
    this.runs = new GeneRuns(tiles);
    int[] bounds = split.bounds(runs.count());
    this.own = runs.tiles(bounds[split.rank()], bounds[split.rank() + 1]);
    this.stored = parameters.memory(name).asSlice((long) part.firstColumn() * Float.BYTES);
    this.stride = SparseProduct.stride(panels.units());
    long bytes = (long) tiles.genes() * stride * Float.BYTES;
    this.weight = arena.allocate(bytes, ALIGNMENT);
    this.counts =
        trained
            ? Optional.of(
                new TiledMatrix(
                    name,
                    part.firstColumn(),
                    weight,
                    arena.allocate(bytes, ALIGNMENT),
                    arena.allocate(bytes, ALIGNMENT),
                    stride,
                    parameters.spec(name).lrMultiplier(),
                    runs.firstGenes(bounds)))
            : Optional.empty();
    split.workers().run(tiles.count(), (_, t) -> fetch(t));
    this.scratch = new MemorySegment[trained ? split.workers().size() : 0];
    for (int w = 0; w < scratch.length; w++) {
      scratch[w] = arena.allocate((long) GENES_AT_ONCE * stride * Float.BYTES, ALIGNMENT);
    }
  }

  /** {@return the weight's columns for counts, in training alone} */
  public TiledMatrix counts() {
    return counts.orElseThrow();
  }

  /** {@return how its units are cut into panels} */
  public UnitPanels panels() {
    return panels;
  }

  /** {@return the runs of genes whose shares of the linear map are added up as a tree} */
  public GeneRuns runs() {
    return runs;
  }

  /**
   * Adds the share of the nonzeros of a run of genes to some rows of one panel's units.
   *
   * @param minibatch the counts as the encoder sees them
   * @param run its place, one of this worker's
   * @param panel its place
   * @param from the first row
   * @param to the row after the last
   * @param sums cells from the first row on x units of the panel, without gaps but padding
   */
  public void forward(EncoderCounts minibatch, int run, int panel, int from, int to, Matrix sums) {
    Dense out = new Dense(sums.memory(), -from, sums.stride());
    Dense columns = columns(panel);
    boolean near = (long) tiles.genes() * panels.stride(panel) * Float.BYTES <= NEAR_BYTES;
    int cells = near ? CELLS_AT_ONCE : to - from;
    TileRange range = runs.tiles(run, run + 1);
    for (int row = from; row < to; row += cells) {
      for (int t = range.from(); t < range.to(); t++) {
        SparseProduct.add(minibatch.byCell(t), columns, out, row, Math.min(row + cells, to));
      }
    }
  }

  /** {@return the number of tasks that {@link #backward} is cut into} */
  public int backwardTasks() {
    return own.count();
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
    int tile = own.from() + task;
    int end = tiles.first(tile) + tiles.genesOf(tile);
    for (int gene = tiles.first(tile); gene < end; gene += GENES_AT_ONCE) {
      int genes = Math.min(GENES_AT_ONCE, end - gene);
      Dense out = new Dense(scratch[worker], -gene, stride);
      SparseProduct.clear(out, gene, gene + genes);
      SparseProduct.add(byGene, cells, out, gene, gene + genes);
      taker.take(counts(), gene, genes, scratch[worker]);
    }
  }

  /**
   * Copies the trained weight into the stored parameter.
   *
   * @param workers do the copying
   */
  public void store(Workers workers) {
    workers.run(
        tiles.count(),
        (_, t) ->
            SparseProduct.transposeFrom(
                rows(columns(0), t),
                panels.units(),
                tiles.genesOf(t),
                storedColumns(t),
                storedColumns));
  }

  /** Copies a tile out of the stored parameter. */
  private void fetch(int tile) {
    for (int p = 0; p < panels.count(); p++) {
      MemorySegment source =
          storedColumns(tile).asSlice((long) panels.first(p) * storedColumns * Float.BYTES);
      SparseProduct.transposeInto(
          source, panels.unitsOf(p), tiles.genesOf(tile), storedColumns, rows(columns(p), tile));
    }
  }

  /** {@return a tile's columns of the stored weight} */
  private MemorySegment storedColumns(int tile) {
    return stored.asSlice((long) tiles.first(tile) * Float.BYTES);
  }

  /**
   * {@return a panel of this layer's own copy of the weight: genes x units, from the panel's first
   * unit on}
   */
  private Dense columns(int panel) {
    long first = panels.first(panel);
    return counts.isPresent()
        ? new Dense(weight.asSlice(first * Float.BYTES), 0, stride)
        : new Dense(weight.asSlice(first * tiles.genes() * Float.BYTES), 0, panels.stride(panel));
  }

  /** {@return a tile's rows of a panel} */
  private Dense rows(Dense panel, int tile) {
    long first = (long) tiles.first(tile) * panel.stride() * Float.BYTES;
    return new Dense(panel.memory().asSlice(first), 0, panel.stride());
  }
}
