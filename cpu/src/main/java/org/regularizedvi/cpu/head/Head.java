package org.regularizedvi.cpu.head;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.GeneTiles;
import org.regularizedvi.cpu.sparse.TiledCounts;
import org.regularizedvi.cpu.step.TiledMatrix;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.kernel.Activation;
import org.regularizedvi.kernel.Cells;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.Pass;
import org.regularizedvi.kernel.RowSums;

/**
 * Computes from the decoder's last hidden layer to the likelihood and back, one tile of genes at a
 * time: product, kernel in place, hidden gradient, weight gradient, optimiser. No matrix of cells x
 * genes ever exists.
 *
 * <p>What is summed over genes is added up by a {@link TreeSum} over the tiles, whichever thread
 * did them.
 */
public final class Head implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final ModalitySpec spec;
  private final GeneTiles tiles;
  private final Workers workers;
  private final Activation activation;
  private final HeadKernel kernel;
  private final Arena arena = Arena.ofShared();
  private final HeadProducts products;
  private final TiledMatrix matrix;
  private final GeneParameters.Gradients geneGradients;
  private final HeadScratch[] scratch;
  private final SumsRoom values = new SumsRoom(0);
  private final SumsRoom hiddenGradients;

  /** Works on the logits of a tile. */
  private interface TileBody {
    void run(int worker, int tile, Matrix logits);
  }

  /** Makes what follows from a tile's gradient, once the kernel has put it in place of logits. */
  private interface AfterKernel {
    void run(int worker, int tile, Matrix shareNH);
  }

  /**
   * Makes the head of a modality.
   *
   * @param spec the modality
   * @param parameters of the model, which stay the caller's
   * @param type of the products' operands
   * @param trained whether the optimiser's moments are needed
   * @param workers share tiles out
   * @param multiply the products
   */
  public Head(
      ModalitySpec spec,
      Parameters parameters,
      ElementType type,
      boolean trained,
      Workers workers,
      Products multiply) {
    this.spec = spec;
    this.tiles = GeneTiles.of(spec.features());
    this.workers = workers;
    this.activation =
        spec.generative().scaleActivation() == ScaleActivation.SOFTPLUS
            ? Activation.SOFTPLUS
            : Activation.SOFTMAX;
    Decoder decoder = new Decoder(spec);
    this.kernel = new HeadKernel(tiles, activation);
    MemorySegment memory = parameters.memory(decoder.scaleWeight());
    int hidden = spec.decoder().hidden();
    this.products =
        new HeadProducts(
            type,
            Matrix.over(memory, spec.features(), hidden),
            parameters.memory(decoder.scaleBias()),
            multiply);
    long bytes = trained ? memory.byteSize() : 0;
    this.matrix =
        new TiledMatrix(
            decoder.scaleWeight(),
            0,
            memory,
            arena.allocate(bytes, ALIGNMENT),
            arena.allocate(bytes, ALIGNMENT),
            hidden,
            parameters.spec(decoder.scaleWeight()).lrMultiplier());
    this.hiddenGradients = new SumsRoom(hidden);
    this.geneGradients = GeneParameters.Gradients.of(spec, parameters);
    this.scratch = new HeadScratch[workers.size()];
    for (int w = 0; w < scratch.length; w++) {
      GeneParameters genes = new GeneParameters(spec, parameters, geneGradients, tiles.size());
      scratch[w] = new HeadScratch(tiles.size(), hidden, type, genes);
    }
  }

  /** {@return the scale decoder's weight with its moments} */
  public TiledMatrix matrix() {
    return matrix;
  }

  /**
   * Holds what a training pass gave.
   *
   * @param logLikelihood of each cell
   * @param library gradient of the loss by the log library size of each cell
   * @param hiddenNH gradient of the loss by the hidden layer
   * @param genes gradients by the genes' parameters, by stored name
   */
  public record Result(
      double[] logLikelihood, float[] library, Matrix hiddenNH, Map<String, float[]> genes) {}

  /**
   * {@return the log-likelihood of each cell, theta at its median}
   *
   * @param hiddenNH the decoder's last hidden layer
   * @param library log exposure of each cell
   * @param minibatch the cells
   * @param counts theirs in tiles
   */
  public double[] value(Matrix hiddenNH, float[] library, Minibatch minibatch, TiledCounts counts) {
    HeadCall call = call(hiddenNH, library, minibatch, counts, Optional.empty());
    TileSums sums = sum(withNormaliser(call), Pass.VALUE, 1, values, (_, _, _) -> {});
    return Arrays.copyOf(sums.rows().logLikelihood(), call.rows());
  }

  /**
   * Computes the log-likelihood and the gradients of the loss.
   *
   * @param hiddenNH the decoder's last hidden layer
   * @param library log exposure of each cell
   * @param minibatch the cells
   * @param counts theirs in tiles
   * @param training the step's noise
   * @param perCell nats that one nat of one cell adds to the loss
   * @param taker gets the weight's gradient tile by tile
   * @return the log-likelihood and the gradients; that by the hidden layer is valid until the next
   *     call
   */
  public Result gradients(
      Matrix hiddenNH,
      float[] library,
      Minibatch minibatch,
      TiledCounts counts,
      Noise training,
      float perCell,
      TiledMatrix.Taker taker) {
    HeadCall call =
        withNormaliser(call(hiddenNH, library, minibatch, counts, Optional.of(training)));
    float scale = -perCell;
    geneGradients.clear();
    if (geneGradients.dispersionNoise().length > 0) {
      training.sharedNormals(call.noise().draw(), geneGradients.dispersionNoise());
    }
    AfterKernel back = (worker, tile, share) -> products(call, worker, tile, share, taker);
    if (activation == Activation.SOFTPLUS) {
      TileSums sums = sum(call, Pass.GRADIENTS, scale, hiddenGradients, back);
      return result(sums.rows(), sums.hiddenNH(), call.rows());
    }
    TileSums sums = sum(call, Pass.SOFTMAX_SUMS, scale, values, (_, _, _) -> {});
    Cells cells =
        new Cells(
            call.cells().logLibrary(),
            call.cells().id(),
            call.cells().logSumExp(),
            floats(sums.rows().rhoGradient(), call.rows()));
    TileSums last = sum(call.with(cells), Pass.GRADIENTS, scale, hiddenGradients, back);
    return result(sums.rows(), last.hiddenNH(), call.rows());
  }

  private Result result(RowSums sums, Matrix hiddenNH, int rows) {
    return new Result(
        Arrays.copyOf(sums.logLikelihood(), rows),
        floats(sums.logLibrary(), rows),
        hiddenNH.rows(0, rows),
        geneGradients.byName());
  }

  private static float[] floats(double[] values, int count) {
    float[] floats = new float[count];
    for (int n = 0; n < count; n++) {
      floats[n] = (float) values[n];
    }
    return floats;
  }

  private HeadCall call(
      Matrix hiddenNH,
      float[] library,
      Minibatch minibatch,
      TiledCounts counts,
      Optional<Noise> training) {
    long[] ids = Arrays.stream(minibatch.cells()).asLongStream().toArray();
    return new HeadCall(
        minibatch,
        counts,
        GroupRun.of(
            minibatch.covariates(),
            spec.categories().ambient(),
            spec.categories().scaling(),
            minibatch.present(spec.index())),
        Cells.softplus(library, ids),
        HeadNoise.of(spec, minibatch.size(), training),
        products.operand(hiddenNH, workers));
  }

  /** Softmax needs every cell's log of the sum of exp(a) over all genes before anything else. */
  private HeadCall withNormaliser(HeadCall call) {
    if (activation == Activation.SOFTPLUS) {
      return call;
    }
    double[][] perTile = new double[tiles.count()][];
    forEachTile(call, (_, tile, logits) -> perTile[tile] = LogSums.ofRows(logits));
    float[] normaliser = new float[call.rows()];
    for (int n = 0; n < normaliser.length; n++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] tile : perTile) {
        largest = Math.max(largest, tile[n]);
      }
      double sum = 0;
      for (double[] tile : perTile) {
        sum += Math.exp(tile[n] - largest);
      }
      normaliser[n] = (float) (largest + Math.log(sum));
    }
    Cells cells = new Cells(call.cells().logLibrary(), call.cells().id(), normaliser, new float[0]);
    return call.with(cells);
  }

  /** Runs the kernel over all tiles and adds up what it sums; the room may give that anew. */
  private TileSums sum(
      HeadCall call, Pass pass, float scale, SumsRoom room, AfterKernel afterKernel) {
    room.reserve(call.rows());
    TreeSum<TileSums> tree =
        new TreeSum<>(
            tiles.count(),
            (more, sum) -> {
              sum.add(more, call.rows());
              room.give(more);
            });
    HeadKernel.Aim aim = new HeadKernel.Aim(pass, scale);
    forEachTile(
        call,
        (worker, tile, _) -> {
          TileSums own = room.take();
          own.clear(call.rows());
          kernel(call, worker, tile, aim, own.rows());
          afterKernel.run(worker, tile, own.hiddenNH().rows(0, call.rows()));
          tree.put(tile, own);
        });
    room.give(tree.total());
    return tree.total();
  }

  private void products(
      HeadCall call, int worker, int tile, Matrix shareNH, TiledMatrix.Taker taker) {
    HeadScratch own = scratch[worker];
    long start = System.nanoTime();
    int first = tiles.first(tile);
    int genes = tiles.genesOf(tile);
    products.gradients(own, first, genes, call.hidden(), shareNH);
    start = workers.times().add(worker, Part.PRODUCTS, start);
    long bytes = (long) genes * matrix.stride() * Float.BYTES;
    taker.take(matrix, first, genes, own.weightGradient.memory().asSlice(0, bytes));
    products.refresh(first, genes);
    workers.times().add(worker, Part.HEAD_OPTIMISER, start);
  }

  /** Brings the operands of all products up to date with the weight. */
  public void refresh() {
    products.refresh(0, tiles.genes());
  }

  private void kernel(HeadCall call, int worker, int tile, HeadKernel.Aim aim, RowSums sums) {
    long start = System.nanoTime();
    kernel.run(call, scratch[worker], tile, aim, sums);
    workers.times().add(worker, Part.LIKELIHOOD, start);
  }

  /** Gives every tile's logits to a body, the first tiles first. */
  private void forEachTile(HeadCall call, TileBody body) {
    workers.run(
        tiles.count(),
        (worker, tile) -> {
          long start = System.nanoTime();
          Matrix logits =
              products.logits(
                  scratch[worker], tiles.first(tile), tiles.genesOf(tile), call.hidden());
          workers.times().add(worker, Part.PRODUCTS, start);
          body.run(worker, tile, logits);
        });
  }

  @Override
  public void close() {
    for (HeadScratch own : scratch) {
      own.close();
    }
    values.close();
    hiddenGradients.close();
    products.close();
    arena.close();
  }
}
