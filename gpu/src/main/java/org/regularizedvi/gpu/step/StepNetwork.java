package org.regularizedvi.gpu.step;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.engine.Model;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * All layers of a model on the card: it sends minibatches up, and says which launches make a step.
 */
final class StepNetwork implements AutoCloseable {
  private final Kernels kernels;
  private final NetworkSpec spec;
  private final DeviceArena arena;
  private final NoiseSources sources = new NoiseSources();
  private final SmallParameters small;
  private final Statistics statistics;
  private final DeviceMemory idleWithSizes;
  private final LatentLayers latents;
  private final List<ModalityLayers> modalities = new ArrayList<>();
  private final PresentCells present;
  private final StepFacts facts;
  private final AllSums sums;
  private final PassResults results;
  private final CountsAhead ahead;
  private final DeviceArena rowsArena;
  private RoomSize size;
  private Slot cells;
  private DeviceMemory room;

  /**
   * Copies a model's parameters to the card.
   *
   * @param kernels of the card
   * @param arena owns all memory but that of a minibatch
   * @param model whose parameters they are
   * @param share what a nat of what all cells share adds to the loss
   */
  StepNetwork(Kernels kernels, DeviceArena arena, Model model, double share) {
    this.kernels = kernels;
    this.spec = model.spec();
    this.arena = arena;
    this.rowsArena = new DeviceArena(kernels.device());
    int count = spec.modalities().size();
    this.size = RoomSize.none(count);
    this.small = new SmallParameters(arena, Stored.all(spec, model.parameters()));
    this.sums = new AllSums(arena, count);
    this.statistics = new Statistics(arena, model.parameters());
    Stores stores = new Stores(small, statistics, sources);
    this.latents = new LatentLayers(kernels, arena, model, stores, sums);
    for (int m = 0; m < count; m++) {
      modalities.add(new ModalityLayers(kernels, arena, model, m, share, stores, sums.of(m)));
    }
    small.requireGradients();
    this.idleWithSizes = small.marks(arena, this::ofLibraries);
    this.present = new PresentCells(count);
    this.facts = new StepFacts(arena);
    this.ahead = new CountsAhead(kernels.device(), counts());
    this.results = new PassResults(spec.config(), latents, modalities, present, sums);
  }

  /** {@return whether a parameter is an encoder's of library sizes, idle where sizes are given} */
  private boolean ofLibraries(String name) {
    return spec.modalities().stream()
        .anyMatch(own -> name.startsWith(own.names().libraryEncoder() + "."));
  }

  /** {@return all encoders} */
  private List<EncoderLayers> encoders() {
    return Stream.concat(
            latents.encoders(), modalities.stream().map(ModalityLayers::libraryEncoder))
        .toList();
  }

  /**
   * Sends a minibatch and its draws.
   *
   * @param training whether it is for a step
   * @return whether memory was laid out anew, so that launches made before must not run any more
   */
  boolean send(Minibatch minibatch, Noise noise, boolean training) {
    List<GeneSegments.Cut> cuts = modalities.stream().map(own -> own.cut(minibatch)).toList();
    int segments = cuts.stream().mapToInt(GeneSegments.Cut::count).max().orElseThrow();
    if (!ahead.has(minibatch) && widen(minibatch)) {
      size = RoomSize.none(modalities.size());
    }
    boolean anew = reserve(RoomSize.of(minibatch, segments));
    if (ahead.has(minibatch)) {
      ahead.take();
    }
    Optional<Noise> ofTraining = training ? Optional.of(noise) : Optional.empty();
    int[] ids = noise instanceof CounterNoise own ? own.cells() : minibatch.cells();
    cells.send(ids, minibatch.size());
    present.send(Presence.of(minibatch));
    latents.send(minibatch, ofTraining);
    for (int m = 0; m < modalities.size(); m++) {
      modalities.get(m).send(minibatch, cuts.get(m), ofTraining);
    }
    if (NoiseSources.given(noise)) {
      sources.supply(noise, minibatch.size(), training);
    }
    return anew;
  }

  private boolean widen(Minibatch minibatch) {
    boolean widened = false;
    for (CountRows own : counts()) {
      widened |= own.widen(minibatch);
    }
    return widened;
  }

  /** Sends the counts of the next minibatch while a step runs, where they have room. */
  void sendAhead(Minibatch next) {
    if (next.hasCounts() && size.holds(RoomSize.of(next, 0))) {
      ahead.send(next);
    }
  }

  /** {@return which of two places launches have counts from that a minibatch brings} */
  int turn() {
    return modalities.getFirst().counts().turn();
  }

  /** Copies the counts of all cells to the card, and returns whether they fit, all of them. */
  boolean keep(CellData data) {
    if (!KeptCounts.fit(kernels.device(), data)) {
      return false;
    }
    for (int m = 0; m < modalities.size(); m++) {
      modalities.get(m).counts().keep(arena, data.modalities().get(m).counts());
    }
    return true;
  }

  private boolean reserve(RoomSize wanted) {
    if (size.holds(wanted)) {
      return false;
    }
    RoomSize larger = size.with(wanted);
    ahead.forget();
    // What was laid out is given back, and the card may have no room for more.
    size = RoomSize.none(modalities.size());
    rowsArena.close();
    int rows = larger.rows();
    cells = Slot.ofWords(rowsArena, rows);
    room =
        rowsArena.words(
            LongStream.concat(
                    modalities.stream().mapToLong(own -> own.partNumbers(rows)),
                    encoders().stream().mapToLong(encoder -> encoder.partNumbers(rows)))
                .max()
                .orElseThrow());
    sources.reserve(rowsArena, rows);
    present.reserve(rowsArena, rows);
    latents.reserve(rowsArena, rows, larger.entries());
    modalities.forEach(own -> own.reserve(rowsArena, rows, larger.entries(), larger.segments()));
    size = larger;
    return true;
  }

  /**
   * {@return the launches of a step}
   *
   * @param minibatch of the size and kind that the steps have
   * @param noise of the kind that the steps have
   */
  Launches step(Minibatch minibatch, Noise noise) {
    Launches launches = new Launches(kernels);
    Frame frame = frame(launches, minibatch, noise, true);
    forward(frame);
    for (int m = 0; m < modalities.size(); m++) {
      modalities
          .get(m)
          .backward(
              frame,
              room,
              noise.drawsDispersionPrior(),
              present.of(frame, m),
              latents.jointGradient());
    }
    latents.backward(frame, present);
    small.update(frame, frame.sized() ? idleWithSizes : DeviceMemory.NONE);
    return launches;
  }

  /**
   * {@return the launches of a pass without gradients}
   *
   * @param minibatch of the size and kind that the passes have
   * @param noise of the kind that the passes have
   */
  Launches pass(Minibatch minibatch, Noise noise) {
    Launches launches = new Launches(kernels);
    forward(frame(launches, minibatch, noise, false));
    return launches;
  }

  /**
   * {@return the launches from the counts to the distributions of z and l, and no further}
   *
   * @param minibatch of the size and kind that is encoded
   * @param noise of the kind that the passes have
   */
  Launches encoding(Minibatch minibatch, Noise noise) {
    Launches launches = new Launches(kernels);
    Frame frame = frame(launches, minibatch, noise, false);
    latents.forward(frame, counts(), room, present);
    for (int m = 0; m < modalities.size(); m++) {
      modalities.get(m).encode(frame, counts(), room, present.of(frame, m));
    }
    return launches;
  }

  /**
   * Sends cells whose z is given.
   *
   * @param modality whose decoder is asked
   * @param z of each cell, pinned memory
   * @param covariates of the same cells
   * @return whether memory was laid out anew, so that launches made before must not run any more
   */
  boolean send(int modality, MemorySegment z, Covariates covariates) {
    int rows = covariates.size();
    boolean anew = reserve(new RoomSize(rows, 1, Collections.nCopies(modalities.size(), 0)));
    latents.joint().memory().upload(z);
    answers(modality).send(covariates);
    return anew;
  }

  /**
   * {@return launches on what decoders make of the cells that were sent last}
   *
   * @param rows number of cells
   * @param asked adds the launches
   */
  Launches decoding(int rows, Consumer<Frame> asked) {
    Launches launches = new Launches(kernels);
    asked.accept(
        new Frame(launches, rows, false, false, false, false, facts.device(), cells.device()));
    return launches;
  }

  /** {@return what can be asked of a decoder} */
  DecoderAnswers answers(int modality) {
    return modalities.get(modality).answers();
  }

  /** {@return memory for what is needed between two passes} */
  DeviceMemory room(long bytes) {
    return room.slice(0, bytes);
  }

  /** {@return the z that all decoders get, rows without gaps} */
  Rows z() {
    return latents.joint();
  }

  private Frame frame(Launches launches, Minibatch minibatch, Noise noise, boolean training) {
    return Frame.of(launches, minibatch, noise, training, facts.device(), cells.device());
  }

  /** Adds the launches from the counts to the likelihood of each cell. */
  private void forward(Frame frame) {
    modalities.forEach(own -> own.prepare(frame));
    latents.forward(frame, counts(), room, present);
    for (int m = 0; m < modalities.size(); m++) {
      modalities.get(m).forward(frame, counts(), room, latents.joint(), present.of(frame, m));
    }
  }

  private List<CountRows> counts() {
    return modalities.stream().map(ModalityLayers::counts).toList();
  }

  /** {@return what launches left of the cells} */
  PassResults results() {
    return results;
  }

  StepFacts facts() {
    return facts;
  }

  AllSums sums() {
    return sums;
  }

  SmallParameters small() {
    return small;
  }

  /** Asks for the numbers that the loss is made of. */
  void fetch() {
    sums.fetch();
    modalities.forEach(ModalityLayers::fetch);
  }

  /** {@return the wide weights, those of decoders first} */
  List<WideWeight.Named> wide() {
    return Stream.concat(
            modalities.stream().flatMap(own -> own.wide().stream()),
            encoders().stream().flatMap(encoder -> encoder.wide().stream()))
        .toList();
  }

  /** Gives all moments to the optimiser's state. */
  void addMoments(Moments moments) {
    small.addMoments(moments);
    wide().forEach(own -> own.weight().addMoments(own.moments(), moments));
  }

  /** Copies everything that is trained into the stored parameters. */
  void store() {
    small.store();
    statistics.store();
    wide().forEach(own -> own.weight().store());
  }

  /** {@return bytes of the card's memory that it has been given} */
  long bytes() {
    return arena.bytes() + rowsArena.bytes();
  }

  @Override
  public void close() {
    ahead.close();
    rowsArena.close();
  }
}
