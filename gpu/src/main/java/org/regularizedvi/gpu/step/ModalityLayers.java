package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.engine.Model;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * What a modality has of its own on the card: its counts, library sizes, genes and decoder, from
 * the joint z to the likelihood of the counts and back.
 */
final class ModalityLayers {
  private final ModalitySpec spec;
  private final CountRows counts;
  private final GeneSegments segments;
  private final LibrarySizes library;
  private final GeneTerms genes;
  private final DecoderHead head;
  private final Sums sums;
  private Slot logFactorials;
  private DeviceMemory logLikelihood;

  /**
   * Copies what a modality has of its own to the card.
   *
   * @param kernels of the card
   * @param arena owns the memory
   * @param model has the modality
   * @param index the modality's place
   * @param share what a nat of what all cells share adds to the loss
   * @param stores what all layers share
   * @param sums take its terms
   */
  ModalityLayers(
      Kernels kernels,
      DeviceArena arena,
      Model model,
      int index,
      double share,
      Stores stores,
      Sums sums) {
    this.spec = model.spec().modalities().get(index);
    this.sums = sums;
    ModalityPriors priors = model.priors().get(index);
    this.counts = new CountRows(kernels, arena, spec);
    this.segments = new GeneSegments(spec.categories(), new InverseDispersion(spec).byGroup());
    EncoderShape shape = EncoderShape.ofLibrary(spec);
    FirstMap first = new FirstMap(kernels, arena, shape, model.parameters(), stores.small());
    EncoderLayers encoder = new EncoderLayers(shape, Draw.Kind.LIBRARY, first, stores);
    this.library = new LibrarySizes(spec, priors.library(), encoder, stores, sums);
    this.genes = new GeneTerms(arena, spec, priors, stores.small(), stores.sources());
    DecoderPenalties penalties = new DecoderPenalties(spec, priors.weightWidthG());
    this.head =
        new DecoderHead(kernels, arena, penalties, share, genes, model.parameters(), stores, sums);
  }

  /** {@return its counts} */
  CountRows counts() {
    return counts;
  }

  /** {@return the encoder of its library sizes} */
  EncoderLayers libraryEncoder() {
    return library.encoder();
  }

  /** {@return the numbers that the host waits for} */
  Sums sums() {
    return sums;
  }

  /** {@return its wide weights that are no encoder's} */
  List<WideWeight.Named> wide() {
    return head.wide();
  }

  /** {@return the segments of a minibatch} */
  GeneSegments.Cut cut(Minibatch minibatch) {
    return segments.cut(minibatch.covariates());
  }

  /** {@return numbers that the parts of its wide products and of sums take} */
  long partNumbers(int rows) {
    long ofProducts = Math.max(head.partNumbers(rows), library.encoder().partNumbers(rows));
    return Math.max(ofProducts, answers().roomNumbers(rows));
  }

  /**
   * Makes room for a minibatch.
   *
   * @param entries counts above 0 of each modality
   * @param most number of segments
   */
  void reserve(DeviceArena arena, int rows, List<Integer> entries, int most) {
    logFactorials = Slot.of(arena, (long) rows * Double.BYTES);
    logLikelihood = arena.doubles(rows);
    counts.reserve(arena, rows, entries.get(spec.index()));
    segments.reserve(arena, rows, most);
    library.encoder().reserve(arena, rows, entries);
    library.reserve(arena, rows);
    head.reserve(arena, rows, most);
  }

  /**
   * Sends what it sees of a minibatch.
   *
   * @param training the draws of a step; empty for a pass without dropout
   */
  void send(Minibatch minibatch, GeneSegments.Cut cut, Optional<Noise> training) {
    logFactorials.send(counts.send(minibatch), minibatch.size());
    segments.send(cut);
    library.encoder().send(minibatch, training);
    library.send(minibatch);
    head.send(minibatch.covariates());
  }

  /** Adds the launches that make tables and counts ready. */
  void prepare(Frame frame) {
    genes.prepare(frame);
    counts.spread(frame);
  }

  /**
   * Adds the launches from the counts to the library size of each cell.
   *
   * @param all the counts of all modalities
   * @param room for parts of sums
   * @param present whether each cell has the modality
   */
  void encode(Frame frame, List<CountRows> all, DeviceMemory room, DeviceMemory present) {
    if (!frame.sized()) {
      library.encoder().forward(frame, all, room);
    }
    library.draw(frame, present);
  }

  /** {@return what can be asked of its decoder} */
  DecoderAnswers answers() {
    return new DecoderAnswers(spec, genes, head, segments, library);
  }

  /**
   * Adds the launches from counts and z to the likelihood of each cell.
   *
   * @param all the counts of all modalities
   * @param room for parts of sums
   * @param z of each cell
   * @param present whether each cell has the modality
   */
  void forward(Frame frame, List<CountRows> all, DeviceMemory room, Rows z, DeviceMemory present) {
    encode(frame, all, room, present);
    DeviceLikelihood.Cells cells =
        new DeviceLikelihood.Cells(
            present,
            library.library(),
            library.unscaled(),
            logFactorials.device(),
            logLikelihood,
            library.byLibrary(),
            library.byFactor());
    head.forward(frame, counts, segments, z, cells);
    sums.add(frame, Sums.Sum.LOG_LIKELIHOOD, logLikelihood, frame.rows());
  }

  /**
   * Adds the launches from the gradients by the logits to those by z, and of all of its parameters.
   *
   * @param room for parts of sums
   * @param drawn whether the expectation in the dispersion's prior is a draw
   * @param present whether each cell has the modality
   * @param zGradient takes the gradient by z, or, of all but the first modality, adds to it
   */
  void backward(
      Frame frame, DeviceMemory room, boolean drawn, DeviceMemory present, Rows zGradient) {
    head.backward(frame, segments, room, drawn, present, zGradient);
    library.backward(frame, present);
  }

  /** {@return the log-likelihood of each cell's counts, as the last launches found it} */
  double[] logLikelihood(int rows) {
    return logLikelihood.doubles(rows);
  }

  /** Asks for what the priors' values need. */
  void fetch() {
    genes.fetch();
  }

  /** Adds the terms of what all cells share, as the last step found them. */
  void addValues(GlobalNats nats) {
    genes.addValues(sums, nats);
    library.addValues(nats);
    head.addValues(nats);
  }
}
