package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * The part of z that one encoder gives: a draw of q(z|x), and its divergence from the standard
 * normal, which a cell that lacks what the encoder sees has not.
 */
final class LatentDraws {
  private final EncoderLayers encoder;
  private final Optional<LatentScale> scale;
  private final Sums sums;
  private final boolean logisticNormal;
  private final boolean useKl;
  private DeviceMemory kl;
  private DeviceMemory active;

  /**
   * Makes the part.
   *
   * @param spec the model
   * @param scale multiplies the draws, where something does
   * @param sums take the divergence
   */
  LatentDraws(NetworkSpec spec, EncoderLayers encoder, Optional<LatentScale> scale, Sums sums) {
    this.encoder = encoder;
    this.scale = scale;
    this.sums = sums;
    this.logisticNormal = spec.config().generative().latentDistribution() == LatentDistribution.LN;
    this.useKl = spec.config().latentPrior().useKlZ();
  }

  EncoderLayers encoder() {
    return encoder;
  }

  /** {@return q(z|x) of the first cells, times the scales as the last launches drew them} */
  Posterior scaled(int rows) {
    Posterior q = encoder.posterior(rows);
    return scale.map(own -> q.times(own.drawn(rows))).orElse(q);
  }

  /** {@return what multiplies the draws, where something does} */
  Optional<LatentScale> scale() {
    return scale;
  }

  /** {@return the encoders of the draws and of their scales} */
  Stream<EncoderLayers> encoders() {
    return Stream.concat(Stream.of(encoder), scale.flatMap(LatentScale::encoder).stream());
  }

  /**
   * Makes room for a minibatch.
   *
   * @param entries counts above 0 of each modality
   */
  void reserve(DeviceArena arena, int rows, List<Integer> entries) {
    encoders().forEach(own -> own.reserve(arena, rows, entries));
    scale.ifPresent(own -> own.reserve(arena, rows));
    kl = arena.doubles(rows);
    active = arena.words(rows);
  }

  /**
   * Adds the launches from the counts to the draws.
   *
   * @param counts of each modality
   * @param room for parts of sums
   * @param z takes them
   */
  void draw(Frame frame, List<CountRows> counts, DeviceMemory room, PresentCells present, Rows z) {
    DeviceMemory seen = present.of(frame, encoder.shape().modalities());
    encoder.forward(frame, counts, room);
    scale.ifPresent(own -> own.draw(frame, counts, room, seen));
    frame
        .launches()
        .addLine(
            Code.DRAW_LATENT,
            frame.blocksOfWarps(),
            encoder.posterior(frame),
            frame.cells(),
            seen,
            frame.step(),
            z.memory(),
            z.stride(),
            kl,
            active,
            (float) LatentKl.ACTIVE_NATS,
            scale.map(LatentScale::ofCells).orElse(DeviceMemory.NONE),
            (float) LatentShrinkage.ACTIVE_SCALE,
            useKl ? 1 : 0);
    if (useKl) {
      sums.add(frame, Sums.Sum.KL_Z, kl, frame.rows());
    }
    sums.addWhole(frame, Sums.Sum.ACTIVE, active, frame.rows());
    if (logisticNormal) {
      frame
          .launches()
          .addLine(
              Code.SHARE_DRAWS,
              frame.blocksOfWarps(),
              z.memory(),
              z.stride(),
              frame.rows(),
              encoder.shape().outputs());
    }
    scale.ifPresent(own -> own.multiply(frame, z));
  }

  /**
   * Adds the launches that take the gradient by the draws back.
   *
   * @param z the draws
   * @param byZ the gradient, which is overwritten
   */
  void backward(Frame frame, PresentCells present, Rows z, Rows byZ) {
    DeviceMemory seen = present.of(frame, encoder.shape().modalities());
    scale.ifPresent(own -> own.backward(frame, seen, byZ));
    if (logisticNormal) {
      frame
          .launches()
          .addLine(
              Code.DIFFERENTIATE_SHARES,
              frame.blocksOfWarps(),
              z.memory(),
              z.stride(),
              byZ.memory(),
              byZ.stride(),
              frame.rows(),
              encoder.shape().outputs());
    }
    frame
        .launches()
        .addLine(
            Code.DIFFERENTIATE_LATENT,
            frame.blocksOfWarps(),
            encoder.posterior(frame),
            frame.cells(),
            seen,
            frame.step(),
            byZ.memory(),
            byZ.stride(),
            useKl ? 1 : 0);
    encoder.backward(frame);
  }
}
