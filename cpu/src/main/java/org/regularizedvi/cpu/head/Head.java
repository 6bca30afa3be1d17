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
 * <p>Tiles are dealt to {@value #LANES} lanes; a lane's tiles are summed in their order and lanes
 * are added in theirs, whichever thread did them.
 */
public final class Head implements AutoCloseable {
  /**
   * More lanes would let more threads work at once; each costs one matrix of cells x hidden units.
   */
  private static final int LANES = 16;

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
  private final LaneMatrices lanes = new LaneMatrices();

  /** Works on the logits of a tile. */
  private interface TileBody {
    void run(int worker, int tile, int lane, Matrix logits);
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
    this.kernel = new HeadKernel(tiles, type, activation);
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
    LaneSums sums = new LaneSums(LANES, call.rows());
    kernelPass(withNormaliser(call), Pass.VALUE, 1, sums);
    return sums.total(RowSums::logLikelihood);
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
    LaneSums sums = new LaneSums(LANES, call.rows());
    HeadCall last = call;
    if (activation == Activation.SOFTMAX) {
      kernelPass(call, Pass.SOFTMAX_SUMS, scale, sums);
      double[] rho = sums.total(RowSums::rhoGradient);
      Cells cells =
          new Cells(
              call.cells().logLibrary(),
              call.cells().id(),
              call.cells().logSumExp(),
              LaneSums.floats(rho));
      last = call.with(cells);
    }
    Matrix hiddenGradient = gradientPass(last, scale, sums, taker);
    return new Result(
        sums.total(RowSums::logLikelihood),
        LaneSums.floats(sums.total(RowSums::logLibrary)),
        hiddenGradient,
        geneGradients.byName());
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
        products.operand(hiddenNH));
  }

  /** Softmax needs every cell's log of the sum of exp(a) over all genes before anything else. */
  private HeadCall withNormaliser(HeadCall call) {
    if (activation == Activation.SOFTPLUS) {
      return call;
    }
    double[][] perTile = new double[tiles.count()][];
    forEachTile(call, (_, tile, _, logits) -> perTile[tile] = LogSums.ofRows(logits));
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

  private void kernelPass(HeadCall call, Pass pass, float scale, LaneSums sums) {
    HeadKernel.Aim aim = new HeadKernel.Aim(pass, scale);
    forEachTile(call, (worker, tile, lane, _) -> kernel(call, worker, tile, aim, sums.of(lane)));
  }

  /** Runs the pass in which logits become their gradient, and the products that follow from it. */
  private Matrix gradientPass(HeadCall call, float scale, LaneSums sums, TiledMatrix.Taker taker) {
    int used = Math.min(LANES, tiles.count());
    lanes.reserve(used, call.rows(), matrix.stride());
    HeadKernel.Aim aim = new HeadKernel.Aim(Pass.GRADIENTS, scale);
    forEachTile(
        call,
        (worker, tile, lane, _) -> {
          kernel(call, worker, tile, aim, sums.of(lane));
          products(call, worker, tile, lanes.of(lane, call.rows()), taker);
        });
    return lanes.sum(used, call.rows(), workers);
  }

  private void products(HeadCall call, int worker, int tile, Matrix lane, TiledMatrix.Taker taker) {
    HeadScratch own = scratch[worker];
    long start = System.nanoTime();
    int first = tiles.first(tile);
    int genes = tiles.genesOf(tile);
    products.gradients(own, first, genes, call.hidden(), lane, tile < LANES);
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

  /**
   * Gives every tile's logits to a body, lanes side by side, a lane's tiles one after the other.
   */
  private void forEachTile(HeadCall call, TileBody body) {
    workers.run(
        Math.min(LANES, tiles.count()),
        (worker, lane) -> {
          for (int tile = lane; tile < tiles.count(); tile += LANES) {
            long start = System.nanoTime();
            int first = tiles.first(tile);
            Matrix logits =
                products.logits(scratch[worker], first, tiles.genesOf(tile), call.hidden());
            workers.times().add(worker, Part.PRODUCTS, start);
            body.run(worker, tile, lane, logits);
          }
        });
  }

  @Override
  public void close() {
    for (HeadScratch own : scratch) {
      own.close();
    }
    lanes.close();
    products.close();
    arena.close();
  }
}
