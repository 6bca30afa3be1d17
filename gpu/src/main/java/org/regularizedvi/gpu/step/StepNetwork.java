package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.input.InputException;

/**
 * All layers of a model of one modality on the card: it sends minibatches up, and says which
 * launches make a step.
 */
final class StepNetwork implements AutoCloseable {
  private final Kernels kernels;
  private final ModalitySpec spec;
  private final Parameters parameters;
  private final DeviceArena arena;
  private final NoiseSources sources = new NoiseSources();
  private final SmallParameters small;
  private final LatentDraws latent;
  private final LibrarySizes library;
  private final GeneTerms genes;
  private final DecoderHead head;
  private final CountRows counts;
  private final GeneSegments segments;
  private final StepFacts facts;
  private final Sums sums;
  private final DeviceArena rowsArena;
  private Size size = Size.NONE;
  private Slot cells;
  private Slot logFactorials;
  private DeviceMemory logLikelihood;
  private DeviceMemory parts;

  /** What memory is laid out for: cells, counts above 0, segments. */
  private record Size(int rows, int entries, int segments) {
    private static final Size NONE = new Size(0, 0, 0);

    boolean holds(Size other) {
      return rows >= other.rows && entries >= other.entries && segments >= other.segments;
    }

    /** {@return room for both, and some counts more, since minibatches differ in them} */
    Size with(Size other) {
      return new Size(
          Math.max(rows, other.rows),
          Math.max(entries, other.entries + other.entries / 8),
          Math.max(segments, other.segments + other.segments / 8));
    }
  }

  /**
   * Copies a model's parameters to the card.
   *
   * @param kernels of the card
   * @param arena owns all memory but that of a minibatch
   * @param model of one modality
   * @param share what a nat of what all cells share adds to the loss
   */
  StepNetwork(Kernels kernels, DeviceArena arena, Model model, double share) {
    this.kernels = kernels;
    this.spec = model.spec().modalities().getFirst();
    this.parameters = model.parameters();
    this.arena = arena;
    this.rowsArena = new DeviceArena(kernels.device());
    ModalityPriors priors = model.priors().getFirst();
    EncoderLayers.Shape ofLatent = EncoderLayers.Shape.ofLatent(spec);
    EncoderLayers.Shape ofLibrary = EncoderLayers.Shape.ofLibrary(spec);
    this.small = small(parameters, spec, List.of(ofLatent, ofLibrary));
    this.latent =
        new LatentDraws(
            spec, new EncoderLayers(kernels, arena, ofLatent, parameters, small, sources));
    this.library =
        new LibrarySizes(
            spec,
            priors.library(),
            new EncoderLayers(kernels, arena, ofLibrary, parameters, small, sources),
            small,
            sources);
    this.genes = new GeneTerms(arena, spec, priors, small, sources);
    this.head =
        new DecoderHead(
            kernels,
            arena,
            new DecoderPenalties(spec, priors.weightWidthG()),
            share,
            genes,
            parameters,
            new DecoderHead.Stores(small, sources));
    small.requireGradients();
    this.counts = new CountRows(kernels, arena, spec.features());
    this.segments = new GeneSegments(spec.categories(), new InverseDispersion(spec).byGroup());
    this.facts = new StepFacts(arena);
    this.sums = new Sums(arena);
  }

  private SmallParameters small(
      Parameters all, ModalitySpec modality, List<EncoderLayers.Shape> encoders) {
    SequencedMap<String, SmallParameters.Stored> stored = new LinkedHashMap<>();
    SequencedSet<String> wide = new LinkedHashSet<>();
    wide.add(new Decoder(modality).scaleWeight());
    encoders.forEach(encoder -> wide.add(encoder.wideName()));
    for (String name : all.trained()) {
      if (!wide.contains(name)) {
        ParameterSpec own = all.spec(name);
        stored.put(name, SmallParameters.whole(all.memory(name), own.lrMultiplier()));
      }
    }
    encoders.forEach(encoder -> encoder.addTail(all, stored));
    return new SmallParameters(arena, stored);
  }

  /**
   * Sends a minibatch and its draws.
   *
   * @param training whether it is for a step
   * @return whether memory was laid out anew, so that launches made before must not run any more
   */
  boolean send(Minibatch minibatch, Noise noise, boolean training) {
    if (minibatch.covariates().hasSizeFactor()) {
      throw new InputException(
          "The engine cuda does not compute size factors yet; use --device cpu.");
    }
    GeneSegments.Cut cut = segments.cut(minibatch.covariates());
    boolean anew = reserve(new Size(minibatch.size(), entries(minibatch), cut.count()));
    Optional<Noise> ofTraining = training ? Optional.of(noise) : Optional.empty();
    int[] ids = noise instanceof CounterNoise own ? own.cells() : minibatch.cells();
    cells.send(ids, minibatch.size());
    logFactorials.send(counts.send(minibatch), minibatch.size());
    segments.send(cut);
    latent.encoder().send(minibatch, ofTraining);
    library.encoder().send(minibatch, ofTraining);
    library.send(minibatch);
    head.send(minibatch);
    if (NoiseSources.given(noise)) {
      sources.supply(noise, minibatch.size(), training);
    }
    return anew;
  }

  /** {@return the number of counts above 0 that a minibatch brings} */
  private static int entries(Minibatch minibatch) {
    return minibatch.hasCounts() ? minibatch.counts().getFirst().nonzeros() : 0;
  }

  /** Copies the counts of all cells to the card, and returns whether they fit. */
  boolean keep(CellData data) {
    return counts.keep(arena, data.counts());
  }

  private boolean reserve(Size wanted) {
    if (size.holds(wanted)) {
      return false;
    }
    Size larger = size.with(wanted);
    size = Size.NONE; // what was laid out is given back, and the card may have no room for more
    rowsArena.close();
    int rows = larger.rows;
    cells = Slot.ofWords(rowsArena, rows);
    logFactorials = Slot.of(rowsArena, (long) rows * Double.BYTES);
    logLikelihood = rowsArena.doubles(rows);
    parts =
        rowsArena.words(
            Math.max(
                head.partNumbers(rows),
                Math.max(latent.encoder().partNumbers(rows), library.encoder().partNumbers(rows))));
    sources.reserve(rowsArena, rows);
    counts.reserve(rowsArena, rows, larger.entries);
    segments.reserve(rowsArena, rows, larger.segments);
    latent.encoder().reserve(rowsArena, rows, larger.entries);
    latent.reserve(rowsArena, rows);
    library.encoder().reserve(rowsArena, rows, larger.entries);
    library.reserve(rowsArena, rows);
    head.reserve(rowsArena, rows, larger.segments);
    size = larger;
    return true;
  }

  /**
   * {@return the launches of a step}
   *
   * @param rows number of cells
   * @param kept whether the card has the counts of all cells
   * @param noise of the kind that the steps have
   */
  Launches step(int rows, boolean kept, Noise noise) {
    Launches launches = new Launches(kernels);
    Frame frame = frame(launches, rows, kept, noise, true);
    forward(frame);
    head.backward(frame, segments, parts, noise.drawsDispersionPrior(), sums);
    library.backward(frame, sums);
    latent.backward(frame, head.zGradient());
    head.penalise(frame, sums);
    small.update(frame);
    return launches;
  }

  /**
   * {@return the launches of a pass without gradients}
   *
   * @param rows number of cells
   * @param kept whether the card has the counts of all cells
   * @param noise of the kind that the passes have
   */
  Launches pass(int rows, boolean kept, Noise noise) {
    Launches launches = new Launches(kernels);
    forward(frame(launches, rows, kept, noise, false));
    return launches;
  }

  private Frame frame(Launches launches, int rows, boolean kept, Noise noise, boolean training) {
    boolean given = NoiseSources.given(noise);
    return new Frame(launches, rows, training, kept, given, facts.device(), cells.device());
  }

  /** Adds the launches from the counts to the likelihood of each cell. */
  private void forward(Frame frame) {
    genes.prepare(frame);
    counts.spread(frame);
    latent.forward(frame, counts, parts, head.z(), sums);
    library.forward(frame, counts, parts, sums);
    head.forward(frame, counts, segments, library.library());
    head.sumOverGenes(frame, logFactorials.device(), logLikelihood, library.byLibrary());
    sums.add(frame, Sums.Sum.LOG_LIKELIHOOD, logLikelihood, frame.rows());
  }

  /**
   * {@return the log-likelihood of the counts of the first cells, as the last launches found it}
   */
  double[] logLikelihood(int rows) {
    try (Arena host = Arena.ofConfined()) {
      MemorySegment copy = host.allocate((long) rows * Double.BYTES, Long.BYTES);
      logLikelihood.download(copy);
      kernels.device().await();
      return copy.toArray(JAVA_DOUBLE);
    }
  }

  /** {@return the distributions of the first cells, as the last launches found them} */
  Posteriors posteriors(int rows) {
    return new Posteriors(
        List.of(latent.encoder().posterior(rows)), List.of(library.encoder().posterior(rows)));
  }

  /** {@return the sums of each term over the cells that the last launches went over} */
  CellLoss cellSums() {
    Map<CellTerm, Double> nats = new EnumMap<>(CellTerm.class);
    nats.put(CellTerm.RECONSTRUCTION, -sums.of(Sums.Sum.LOG_LIKELIHOOD));
    nats.put(CellTerm.KL_L, sums.of(Sums.Sum.KL_L));
    if (latent.usesKl()) {
      nats.put(CellTerm.KL_Z, sums.of(Sums.Sum.KL_Z));
    }
    return new CellLoss(nats);
  }

  StepFacts facts() {
    return facts;
  }

  Sums sums() {
    return sums;
  }

  SmallParameters small() {
    return small;
  }

  /** Asks for the numbers that the loss is made of. */
  void fetch() {
    sums.fetch();
    genes.fetch();
  }

  /** {@return the terms of what all cells share, as the last step found them} */
  GlobalNats global() {
    GlobalNats nats = new GlobalNats();
    genes.addValues(sums, nats);
    library.addValues(sums, nats);
    head.addValues(sums, nats);
    return nats;
  }

  /** {@return the wide weights by the names that their gradients are watched by} */
  SequencedMap<String, WideWeight> wide() {
    SequencedMap<String, WideWeight> all = new LinkedHashMap<>();
    all.put(head.wideName(), head.wide());
    all.put(latent.encoder().wideName(), latent.encoder().wide());
    all.put(library.encoder().wideName(), library.encoder().wide());
    return all;
  }

  /** Gives all moments to the optimiser's state. */
  void addMoments(Moments moments) {
    small.addMoments(moments);
    List<EncoderLayers> encoders = new ArrayList<>(List.of(latent.encoder(), library.encoder()));
    encoders.forEach(own -> own.wide().addMoments(own.momentName(), moments));
    head.wide().addMoments(head.wideName(), moments);
  }

  /** Copies everything that is trained into the stored parameters. */
  void store() {
    small.store();
    wide().values().forEach(WideWeight::store);
  }

  /** {@return bytes of the card's memory that it has been given} */
  long bytes() {
    return arena.bytes() + rowsArena.bytes();
  }

  @Override
  public void close() {
    rowsArena.close();
  }
}
