package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.EncoderCounts;
import org.regularizedvi.cpu.sparse.TiledCounts;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.term.SparsityTerm;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.Model;

/**
 * Computes the networks of a model on one minibatch at a time, between the counts and the heads:
 *
 * <pre>
 *   counts -> encoders -> q(z|x), q(l|x) -> draws -> joint z -> decoders' last hidden layers
 * </pre>
 *
 * <p>{@link #prepare} takes a minibatch, {@link #sumCounts} sums its counts up, and {@link #begin}
 * begins a pass over it; then blocks of rows go {@link #forward} side by side, and, when the heads
 * have left their gradients, {@link #backward}. Its memory is laid out for the largest minibatch
 * that it has seen.
 */
public final class Network implements AutoCloseable {
  private final NetworkSpec spec;
  private final Workers workers;
  private final Arena arena = Arena.ofShared();
  private final NetworkCounts counts;
  private final CountSums sums;
  private final List<LatentPart> latents;
  private final LatentCombination combination;
  private final Optional<SparsityTerm> sparsity;
  private final List<ModalityLayers> modalities;
  private Arena rowsArena = Arena.ofShared();
  private int capacity;

  // of the minibatch under way
  private Minibatch minibatch;
  private Optional<Noise> training = Optional.empty();
  private Presence presence;

  /** That each cell has a z, whatever it lacks. */
  private boolean[] everyCell = {};

  private CellValues values;

  /**
   * Makes the networks of a model.
   *
   * @param model sizes, options, priors and stored parameters
   * @param gradients of those parameters that move; none outside training
   * @param withLikelihood whether anybody asks for {@link #counts}
   * @param products multiplies
   * @param split which genes are whose
   */
  public Network(
      Model model, Gradients gradients, boolean withLikelihood, Products products, Split split) {
    this.spec = model.spec();
    this.workers = split.workers();
    this.latents = LatentPart.all(model, gradients, arena, products, split);
    this.combination = LatentCombination.of(spec, model.parameters(), gradients, products);
    this.sparsity = Sparsity.ofLatent(spec).map(SparsityTerm::new);
    this.modalities =
        IntStream.range(0, spec.modalities().size())
            .mapToObj(m -> new ModalityLayers(model, m, gradients, arena, products, split))
            .toList();
    this.counts = new NetworkCounts(spec, withLikelihood, split);
    this.sums = new CountSums(split);
  }

  /** {@return the layers and terms of each modality, in the order of the model} */
  public List<ModalityLayers> modalities() {
    return modalities;
  }

  /** {@return the parts of z, in the order of their encoders} */
  public List<LatentPart> latents() {
    return latents;
  }

  /** {@return what joins the encoders' parts of z} */
  public LatentCombination combination() {
    return combination;
  }

  /**
   * {@return the encoders that this minibatch goes through: those of the library size only when it
   * is learned}
   */
  public List<Encoder> encoders() {
    Stream<Encoder> libraries =
        sizesGiven() ? Stream.of() : modalities.stream().map(ModalityLayers::libraryEncoder);
    return Stream.concat(ofLatents(), libraries).toList();
  }

  /** {@return all encoders of the model} */
  public List<Encoder> allEncoders() {
    return Stream.concat(ofLatents(), modalities.stream().map(ModalityLayers::libraryEncoder))
        .toList();
  }

  /** {@return the encoders of z and those of its scales} */
  private Stream<Encoder> ofLatents() {
    return latents.stream().flatMap(LatentPart::encoders);
  }

  /** {@return whether the minibatch's cells come with size factors} */
  private boolean sizesGiven() {
    return minibatch.covariates().hasSizeFactor();
  }

  /**
   * {@return a modality's counts of the minibatch in tiles of genes}
   *
   * @param modality its place
   */
  public TiledCounts counts(int modality) {
    return counts.likelihood(modality);
  }

  /**
   * {@return the counts as an encoder sees them, by modality that it sees}
   *
   * @param encoder one of the model's
   */
  public List<EncoderCounts> countsOf(Encoder encoder) {
    return counts.of(encoder.shape());
  }

  /**
   * Takes a minibatch, whose counts it cuts into tiles, thinned by input dropout in training; they
   * are there already when the same is evaluated again.
   *
   * @param cells the minibatch
   * @param noise of the step, in training alone
   */
  public void prepare(Minibatch cells, Optional<Noise> noise) {
    boolean same = minibatch == cells && training.isEmpty() && noise.isEmpty();
    minibatch = cells;
    training = noise;
    reserve(cells.size());
    if (!same) {
      counts.fill(cells, noise);
    }
    Covariates covariates = cells.covariates();
    presence = Presence.of(cells);
    everyCell = new boolean[cells.size()];
    Arrays.fill(everyCell, true);
    latents.forEach(part -> part.prepare(covariates, presence, noise));
    modalities.forEach(modality -> modality.put(covariates, noise));
  }

  /** Sums up what all cells' counts give the encoders' first linear maps. */
  public void sumCounts() {
    sums.run(encoders(), counts, minibatch.size());
  }

  /**
   * Begins a pass over the minibatch, whose counts have been summed: draws w, which all cells
   * share, and forgets what was known of each cell.
   *
   * @param draws gives the draw; empty for the posterior mean of w
   */
  public void begin(Optional<Noise> draws) {
    modalities.forEach(modality -> modality.weigh(draws));
    latents.forEach(part -> part.scale().ifPresent(scale -> scale.begin(draws)));
    values = CellValues.ofCells(spec, minibatch.size());
  }

  private void reserve(int rows) {
    if (rows <= capacity) {
      return;
    }
    rowsArena.close();
    rowsArena = Arena.ofShared();
    capacity = rows;
    sums.reserve(rowsArena, rows);
    latents.forEach(part -> part.reserve(rowsArena, rows));
    combination.reserve(rowsArena, rows);
    modalities.forEach(modality -> modality.reserve(rowsArena, rows));
  }

  /**
   * {@return the blocks that the minibatch's rows are cut into: a single one with batch norm, which
   * looks at all rows at once}
   */
  public List<RowRange> blocks() {
    boolean whole = spec.config().network().useBatchNorm() != NormalisedNetworks.NONE;
    int rows = minibatch.size();
    return whole ? List.of(new RowRange(0, rows)) : RowRange.blocks(rows);
  }

  /** {@return number of cells of the minibatch} */
  public int rows() {
    return minibatch.size();
  }

  /** {@return the minibatch that it was prepared with} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /**
   * {@return what is known of each cell: the divergences after {@link #forward}, the rest when the
   * caller has put it there}
   */
  public CellValues values() {
    return values;
  }

  /**
   * Encodes some cells: computes q(z|x) and q(l|x).
   *
   * @param rows the cells
   */
  public void encode(RowRange rows) {
    latents.forEach(part -> part.encode(rows, training));
    if (!sizesGiven()) {
      for (ModalityLayers modality : modalities) {
        modality.encodeLibrary(minibatch.totals(), rows, training);
      }
    }
  }

  /**
   * Takes some cells from the counts to the last hidden layers.
   *
   * @param rows the cells
   * @param noise all draws of the pass
   */
  public void forward(RowRange rows, Noise noise) {
    encode(rows);
    int from = rows.from();
    int to = rows.to();
    for (int e = 0; e < latents.size(); e++) {
      latents.get(e).draw(rows, noise, combination.parts().get(e), values);
    }
    combination.join(presence, from, to);
    if (sparsity.isPresent()) {
      Matrix zNK = combination.joint();
      sparsity.get().addUp(zNK, everyCell, from, to, values.of(CellTerm.Z_SPARSITY));
    }
    for (int m = 0; m < modalities.size(); m++) {
      ModalityLayers modality = modalities.get(m);
      if (sizesGiven()) {
        modality.takeSizes(minibatch.covariates().logSizeFactor(), rows);
      } else {
        modality.drawLibrary(noise, rows);
        int[] groups = minibatch.covariates().codes(Purpose.LIBRARY_SIZE)[0];
        modality.divergence(groups, presence.cells().get(m), rows, values.of(CellTerm.KL_L));
      }
      modality.decode(combination.joint(), rows, training);
      modality.sparsity(presence.cells().get(m), rows, values);
    }
  }

  /**
   * Takes the gradients that the heads left of some cells, and those of the divergences, back to
   * the encoders' first linear maps.
   *
   * @param rows the cells
   * @param noise of the step
   * @param klWeight what a nat of the divergence of q(z|x) of a cell adds to the loss
   * @param perCell what a nat of a term at full weight of a cell adds to the loss
   */
  public void backward(RowRange rows, Noise noise, double klWeight, double perCell) {
    int from = rows.from();
    int to = rows.to();
    for (int m = 0; m < modalities.size(); m++) {
      ModalityLayers modality = modalities.get(m);
      boolean[] present = presence.cells().get(m);
      modality.backward(rows, present, klWeight, m == 0 ? 0 : 1, combination.jointGradient());
      if (!sizesGiven()) {
        int[] groups = minibatch.covariates().codes(Purpose.LIBRARY_SIZE)[0];
        modality.backwardLibrary(groups, present, rows, perCell, noise);
      }
    }
    if (sparsity.isPresent()) {
      Matrix zNK = combination.joint();
      Matrix byZ = combination.jointGradient();
      sparsity.get().differentiate(zNK, everyCell, klWeight, from, to, byZ);
    }
    combination.split(from, to);
    for (int e = 0; e < latents.size(); e++) {
      Matrix partNK = combination.parts().get(e);
      Matrix gradientNK = combination.partGradients().get(e);
      latents.get(e).backward(rows, noise, klWeight, partNK, gradientNK);
    }
  }

  /**
   * {@return the tasks that compute the gradients of all small parameters between counts and heads,
   * when {@link #backward} has seen all rows}
   *
   * @param gradients takes them
   */
  public List<Runnable> parameterTasks(Gradients gradients) {
    List<Runnable> tasks = new ArrayList<>();
    latents.forEach(part -> tasks.addAll(part.parameterTasks(this::rows, gradients)));
    for (int m = 0; m < modalities.size(); m++) {
      int place = m;
      ModalityLayers modality = modalities.get(m);
      tasks.addAll(modality.decoderTasks(this::rows));
      modality
          .libraryTasks(this::rows)
          .forEach(
              task ->
                  tasks.add(
                      () -> {
                        if (!sizesGiven()) {
                          task.run();
                        }
                      }));
      tasks.add(
          () ->
              modality.differentiateExposure(
                  minibatch.totals().get(place), rows(), sizesGiven(), gradients));
    }
    tasks.add(() -> combination.differentiateParameters(rows()));
    return tasks;
  }

  /** Copies what training changed into the stored parameters. */
  public void store() {
    allEncoders().forEach(encoder -> encoder.first().store(workers));
  }

  @Override
  public void close() {
    rowsArena.close();
    arena.close();
  }
}
