package org.regularizedvi.gpu.step;

import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * The part of z that one encoder gives: a draw of q(z|x), and its divergence from the standard
 * normal, which a cell that lacks what the encoder sees has not.
 */
final class LatentDraws {
  private final EncoderLayers encoder;
  private final Sums sums;
  private final boolean logisticNormal;
  private final boolean useKl;
  private DeviceMemory kl;
  private DeviceMemory active;

  /**
   * Makes the part.
   *
   * @param spec the model
   * @param sums take the divergence
   */
  LatentDraws(NetworkSpec spec, EncoderLayers encoder, Sums sums) {
    this.encoder = encoder;
    this.sums = sums;
    this.logisticNormal = spec.config().generative().latentDistribution() == LatentDistribution.LN;
    this.useKl = spec.config().latentPrior().useKlZ();
  }

  EncoderLayers encoder() {
    return encoder;
  }

  void reserve(DeviceArena arena, int rows) {
    kl = arena.doubles(rows);
    active = arena.words(rows);
  }

  /**
   * Adds the launches from the encoder's distributions to the draws.
   *
   * @param z takes them
   */
  void draw(Frame frame, PresentCells present, Rows z) {
    frame
        .launches()
        .addLine(
            Code.DRAW_LATENT,
            frame.blocksOfWarps(),
            encoder.posterior(frame),
            frame.cells(),
            present.of(frame, encoder.shape().modalities()),
            frame.step(),
            z.memory(),
            z.stride(),
            kl,
            active,
            (float) LatentKl.ACTIVE_NATS,
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
  }

  /**
   * Adds the launches that take the gradient by the draws back.
   *
   * @param z the draws
   * @param byZ the gradient, which is overwritten
   */
  void backward(Frame frame, PresentCells present, Rows z, Rows byZ) {
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
            present.of(frame, encoder.shape().modalities()),
            frame.step(),
            byZ.memory(),
            byZ.stride(),
            useKl ? 1 : 0);
    encoder.backward(frame);
  }
}
