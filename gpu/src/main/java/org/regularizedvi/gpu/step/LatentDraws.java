package org.regularizedvi.gpu.step;

import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** z of each cell: its encoder, a draw, and the divergence of q(z|x) from the standard normal. */
final class LatentDraws {
  private final EncoderLayers encoder;
  private final boolean useKl;
  private DeviceMemory kl;
  private DeviceMemory active;

  LatentDraws(ModalitySpec spec, EncoderLayers encoder) {
    this.encoder = encoder;
    this.useKl = spec.config().latentPrior().useKlZ();
  }

  EncoderLayers encoder() {
    return encoder;
  }

  /** {@return whether the divergence is a part of the loss} */
  boolean usesKl() {
    return useKl;
  }

  void reserve(DeviceArena arena, int rows) {
    kl = arena.doubles(rows);
    active = arena.words(rows);
  }

  /**
   * Adds the launches from the counts to z.
   *
   * @param z takes it
   */
  void forward(Frame frame, CountRows counts, DeviceMemory parts, Rows z, Sums sums) {
    encoder.forward(frame, counts, parts);
    frame
        .launches()
        .addLine(
            Code.DRAW_LATENT,
            frame.blocksOfWarps(),
            encoder.posterior(frame),
            frame.cells(),
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
  }

  /**
   * Adds the launches that take the gradient by z back.
   *
   * @param byZ the gradient
   */
  void backward(Frame frame, Rows byZ) {
    frame
        .launches()
        .addLine(
            Code.DIFFERENTIATE_LATENT,
            frame.blocksOfWarps(),
            encoder.posterior(frame),
            frame.cells(),
            frame.step(),
            byZ.memory(),
            byZ.stride(),
            useKl ? 1 : 0);
    encoder.backward(frame);
  }
}
