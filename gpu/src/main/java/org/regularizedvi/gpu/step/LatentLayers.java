package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.EncoderShape;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** From the counts by the encoders of z to the joint z, and back. */
final class LatentLayers {
  private final List<LatentDraws> parts = new ArrayList<>();
  private final LatentCombination combination;
  private final Optional<SparsityPrior> sparsity;

  /** Makes encoders and the scales that they draw over stored parameters. */
  private record Maker(Kernels kernels, DeviceArena arena, Model model, Stores stores) {
    EncoderLayers encoder(EncoderShape shape, Draw.Kind draw) {
      FirstMap first = new FirstMap(kernels, arena, shape, model.parameters(), stores.small());
      return new EncoderLayers(shape, draw, first, stores);
    }

    /** {@return what multiplies a modality's part of z} */
    Optional<LatentScale> scale(ModalitySpec own, Sums sums) {
      Optional<LatentScale> shared =
          LatentRelevance.of(own).map(scales -> new SharedScale(arena, scales, stores, sums));
      return shared.or(
          () ->
              LatentShrinkage.of(own)
                  .map(
                      prior ->
                          new CellScale(
                              prior,
                              encoder(EncoderShape.ofScales(prior), Draw.Kind.HORSESHOE),
                              sums)));
    }
  }

  /**
   * Copies the wide weights of the encoders to the card.
   *
   * @param kernels of the card
   * @param arena owns the memory
   * @param model has the encoders
   * @param stores what all layers share
   * @param sums take the terms
   */
  LatentLayers(Kernels kernels, DeviceArena arena, Model model, Stores stores, AllSums sums) {
    NetworkSpec spec = model.spec();
    Maker maker = new Maker(kernels, arena, model, stores);
    for (EncoderShape shape : EncoderShape.ofLatents(spec)) {
      EncoderLayers encoder = maker.encoder(shape, Draw.Kind.LATENT);
      Sums own = sums.of(shape.index());
      Optional<LatentScale> scale = maker.scale(spec.modalities().get(shape.index()), own);
      parts.add(new LatentDraws(spec, encoder, scale, own));
    }
    this.combination = LatentCombination.of(spec, stores.small());
    this.sparsity =
        Sparsity.ofLatent(spec)
            .map(
                prior ->
                    new SparsityPrior(prior, spec.jointLatent(), sums.of(0), Sums.Sum.Z_SPARSITY));
  }

  /** {@return the encoders of z and those of its scales} */
  Stream<EncoderLayers> encoders() {
    return parts.stream().flatMap(LatentDraws::encoders);
  }

  /**
   * Makes room for a minibatch.
   *
   * @param entries counts above 0 of each modality
   */
  void reserve(DeviceArena arena, int rows, List<Integer> entries) {
    combination.reserve(arena, rows);
    sparsity.ifPresent(own -> own.reserve(arena, rows));
    parts.forEach(part -> part.reserve(arena, rows, entries));
  }

  /**
   * Sends what it sees of a minibatch besides counts.
   *
   * @param training the draws of a step; empty for a pass without dropout
   */
  void send(Minibatch minibatch, Optional<Noise> training) {
    encoders().forEach(encoder -> encoder.send(minibatch, training));
  }

  /** {@return the z that all decoders get, rows without gaps} */
  Rows joint() {
    return combination.joint();
  }

  /** {@return where the gradient by it is to be left, rows without gaps} */
  Rows jointGradient() {
    return combination.jointGradient();
  }

  /**
   * Adds the launches from the counts to the joint z.
   *
   * @param counts of each modality
   * @param room for parts of sums
   */
  void forward(Frame frame, List<CountRows> counts, DeviceMemory room, PresentCells present) {
    for (int e = 0; e < parts.size(); e++) {
      parts.get(e).draw(frame, counts, room, present, combination.part(e));
    }
    combination.join(frame, present);
    sparsity.ifPresent(own -> own.addUp(frame, joint(), DeviceMemory.NONE));
  }

  /** Adds the launches that take the gradient by the joint z back, and Adam's on wide weights. */
  void backward(Frame frame, PresentCells present) {
    sparsity.ifPresent(
        own -> own.differentiate(frame, joint(), DeviceMemory.NONE, jointGradient()));
    combination.split(frame, present);
    for (int e = 0; e < parts.size(); e++) {
      parts.get(e).backward(frame, present, combination.part(e), combination.partGradient(e));
    }
  }

  /** {@return the distributions of z of the first cells, as the last launches found them} */
  List<Posterior> posteriors(int rows) {
    return parts.stream().map(part -> part.encoder().posterior(rows)).toList();
  }

  /** {@return the same, times the scales as they were drawn} */
  List<Posterior> scaled(int rows) {
    return parts.stream().map(part -> part.scaled(rows)).toList();
  }

  /** {@return for each encoder of z which cells of the minibatch have what it sees} */
  List<boolean[]> encoded(PresentCells present) {
    return parts.stream().map(part -> present.any(part.encoder().shape().modalities())).toList();
  }

  /** Adds the terms of what all cells share, as the last step found them. */
  void addValues(GlobalNats nats) {
    parts.forEach(part -> part.scale().ifPresent(own -> own.addValues(nats)));
  }
}
