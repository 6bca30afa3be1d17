package org.regularizedvi.cpu.head;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.GeneTiles;
import org.regularizedvi.cpu.sparse.TiledCounts;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.split.TreeSum;
import org.regularizedvi.cpu.step.TiledMatrix;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.kernel.Activation;
import org.regularizedvi.kernel.Cells;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.Pass;
import org.regularizedvi.kernel.RowSums;
import org.regularizedvi.kernel.Workspace;

/**
 * Computes from the decoder's last hidden layer to the likelihood and back, one tile of genes at a
 * time: product, kernel in place, hidden gradient, weight gradient, optimiser. No matrix of cells x
 * genes ever exists.
 *
 * <p>What is summed over genes is added up by a {@link TreeSum} over the tiles, whichever thread of
 * whichever worker did them.
 */
public final class Head implements AutoCloseable {
  private final ModalitySpec spec;
  private final GeneTiles tiles;
  private final Split split;
  private final Workers workers;
  private final TileLoop loop;

  /** The first gene of each of several workers, and the number of genes. */
  private final int[] bounds;

  private final Activation activation;
  private final HeadKernel kernel;
  private final Arena arena = Arena.ofShared();
  private final HeadWeight own;
  private final Optional<HeadWeight> sizes;
  private final GeneParameters.Gradients geneGradients;
  private final HeadScratch[] scratch;
  private final SumsRoom values = new SumsRoom(0, 0);
  private final SumsRoom hiddenGradients;

  /**
   * Makes the head of a modality.
   *
   * @param spec the modality
   * @param parameters of the model, which stay the caller's
   * @param type of the products' operands
   * @param trained whether the optimiser's moments are needed
   * @param split which tiles are whose
   * @param multiply the products
   */
  public Head(
      ModalitySpec spec,
      Parameters parameters,
      ElementType type,
      boolean trained,
      Split split,
      Products multiply) {
    this.spec = spec;
    this.tiles = GeneTiles.of(spec.features());
    this.split = split;
    this.workers = split.workers();
    this.bounds = tiles.firstGenes(split.bounds(tiles.count()));
    this.activation = activation(spec);
    Decoder decoder = new Decoder(spec);
    this.kernel = new HeadKernel(tiles, activation);
    int hidden = spec.decoder().hidden();
    int sizesHidden = spec.burstSizeDecoder().hidden();
    HeadWeight.Kind kind = new HeadWeight.Kind(type, trained, multiply, spec.features(), bounds);
    this.own =
        HeadWeight.of(parameters, decoder.scaleWeight(), decoder.scaleBias(), hidden, kind, arena);
    this.sizes =
        BurstSize.of(spec)
            .map(
                term ->
                    HeadWeight.of(
                        parameters, term.headWeight(), term.headBias(), sizesHidden, kind, arena));
    this.hiddenGradients = new SumsRoom(hidden, sizes.isPresent() ? sizesHidden : 0);
    this.geneGradients = GeneParameters.Gradients.of(spec, parameters);
    this.scratch = new HeadScratch[workers.size()];
    for (int w = 0; w < scratch.length; w++) {
      GeneParameters genes = new GeneParameters(spec, parameters, geneGradients, tiles.size());
      scratch[w] =
          new HeadScratch(
              new HeadRoom(tiles.size(), hidden, type),
              sizes.map(_ -> new HeadRoom(tiles.size(), sizesHidden, type)),
              genes,
              new Workspace(0));
    }
    this.loop = new TileLoop(tiles, split, own, sizes, scratch);
  }

  private static Activation activation(ModalitySpec spec) {
    if (spec.generative().bursts()) {
      return Activation.BURSTS;
    }
    return spec.generative().scaleActivation() == ScaleActivation.SOFTPLUS
        ? Activation.SOFTPLUS
        : Activation.SOFTMAX;
  }

  /** {@return the wide weights with their moments: the scale decoder's, and that of burst sizes} */
  public List<TiledMatrix> matrices() {
    return Stream.concat(Stream.of(own), sizes.stream()).map(HeadWeight::matrix).toList();
  }

  /**
   * Holds what a training pass gave.
   *
   * @param logLikelihood of each cell
   * @param library gradient of the loss by the log library size of each cell
   * @param factor that by the log of the modality's learned factor, from each cell
   * @param hidden gradients of the loss by the hidden layers
   * @param genes gradients by the genes' parameters, by stored name
   */
  public record Result(
      double[] logLikelihood,
      float[] library,
      float[] factor,
      HiddenLayers hidden,
      Map<String, float[]> genes) {}

  /**
   * {@return the log-likelihood of each cell, theta at its median}
   *
   * @param hidden the decoders' last hidden layers
   * @param library log exposure of each cell
   * @param minibatch the cells
   * @param counts theirs in tiles
   */
  public double[] value(
      HiddenLayers hidden, float[] library, Minibatch minibatch, TiledCounts counts) {
    HeadCall call = call(hidden, library, minibatch, counts, Optional.empty());
    Arrays.fill(geneGradients.dispersionNoise(), 0); // a step has left its draws there
    TileSums sums = sum(withNormaliser(call), Pass.VALUE, 1, values, (_, _, _) -> {});
    return Arrays.copyOf(sums.rows().logLikelihood(), call.rows());
  }

  /**
   * Computes the log-likelihood and the gradients of the loss.
   *
   * @param hidden the decoders' last hidden layers
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
      HiddenLayers hidden,
      float[] library,
      Minibatch minibatch,
      TiledCounts counts,
      Noise training,
      float perCell,
      TiledMatrix.Taker taker) {
    HeadCall call = withNormaliser(call(hidden, library, minibatch, counts, Optional.of(training)));
    float scale = -perCell;
    geneGradients.clear();
    if (geneGradients.dispersionNoise().length > 0) {
      training.sharedNormals(call.noise().draw(), geneGradients.dispersionNoise());
    }
    TileLoop.Summand back = (worker, tile, share) -> products(call, worker, tile, share, taker);
    if (activation.inOnePass()) {
      TileSums sums = sum(call, Pass.GRADIENTS, scale, hiddenGradients, back);
      return result(sums, sums, call.rows());
    }
    TileSums sums = sum(call, Pass.SOFTMAX_SUMS, scale, values, (_, _, _) -> {});
    Cells cells =
        new Cells(
            call.cells().logLibrary(),
            call.cells().id(),
            call.cells().logSumExp(),
            floats(sums.rows().rhoGradient(), call.rows()));
    TileSums last = sum(call.with(cells), Pass.GRADIENTS, scale, hiddenGradients, back);
    return result(sums, last, call.rows());
  }

  private Result result(TileSums first, TileSums last, int rows) {
    split.gather(geneGradients.parts(bounds));
    HiddenLayers hidden = new HiddenLayers(last.hiddenNH(), sizes.map(_ -> last.sizesNH()));
    return new Result(
        Arrays.copyOf(first.rows().logLikelihood(), rows),
        floats(first.rows().logLibrary(), rows),
        floats(factorSums(first.rows()), rows),
        hidden.rows(0, rows),
        geneGradients.byName());
  }

  /** Without bursts, the learned factor is a part of the library size like any other. */
  private double[] factorSums(RowSums sums) {
    return activation == Activation.BURSTS ? sums.logFactor() : sums.logLibrary();
  }

  private static float[] floats(double[] values, int count) {
    float[] floats = new float[count];
    for (int n = 0; n < count; n++) {
      floats[n] = (float) values[n];
    }
    return floats;
  }

  private HeadCall call(
      HiddenLayers hidden,
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
        new HiddenLayers(
            own.products().operand(hidden.ownNH(), workers),
            sizes.map(
                weight -> weight.products().operand(hidden.sizesNH().orElseThrow(), workers))));
  }

  /** Softmax needs every cell's log of the sum of exp(a) over all genes before anything else. */
  private HeadCall withNormaliser(HeadCall call) {
    if (activation.inOnePass()) {
      return call;
    }
    double[][] perTile = new double[tiles.count()][];
    loop.forEach(call, (_, tile, logits) -> perTile[tile] = LogSums.ofRows(logits));
    split.gather(new TileRows(perTile, split.bounds(tiles.count()), call.rows()));
    float[] normaliser = LogSums.united(perTile, call.rows());
    Cells cells = new Cells(call.cells().logLibrary(), call.cells().id(), normaliser, new float[0]);
    return call.with(cells);
  }

  /** Runs the kernel over all tiles and adds up what it sums; the room may give that anew. */
  private TileSums sum(
      HeadCall call, Pass pass, float scale, SumsRoom room, TileLoop.Summand afterKernel) {
    HeadKernel.Aim aim = new HeadKernel.Aim(pass, scale);
    return loop.sum(
        call,
        room,
        (worker, tile, share) -> {
          long start = System.nanoTime();
          kernel.run(call, scratch[worker], tile, aim, share.rows());
          workers.times().add(worker, Part.LIKELIHOOD, start);
          afterKernel.run(worker, tile, share);
        });
  }

  private void products(
      HeadCall call, int worker, int tile, TileSums share, TiledMatrix.Taker taker) {
    HeadScratch room = scratch[worker];
    products(own, room.own(), call.hidden().ownNH(), tile, share.hiddenNH(), worker, taker);
    sizes.ifPresent(
        weight ->
            products(
                weight,
                room.sizes().orElseThrow(),
                call.hidden().sizesNH().orElseThrow(),
                tile,
                share.sizesNH(),
                worker,
                taker));
  }

  private void products(
      HeadWeight weight,
      HeadRoom room,
      Matrix hiddenNH,
      int tile,
      Matrix shareNH,
      int worker,
      TiledMatrix.Taker taker) {
    long start = System.nanoTime();
    int first = tiles.first(tile);
    int genes = tiles.genesOf(tile);
    weight.products().gradients(room, first, genes, hiddenNH, shareNH.rows(0, hiddenNH.rows()));
    start = workers.times().add(worker, Part.PRODUCTS, start);
    weight.hand(room, first, genes, taker);
    workers.times().add(worker, Part.HEAD_OPTIMISER, start);
  }

  @Override
  public void close() {
    for (HeadScratch room : scratch) {
      room.close();
    }
    values.close();
    hiddenGradients.close();
    own.close();
    sizes.ifPresent(HeadWeight::close);
    arena.close();
  }
}
