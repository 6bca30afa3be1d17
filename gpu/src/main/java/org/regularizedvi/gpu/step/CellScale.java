package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/** Scales of a part of z of each cell's own, whose logarithms an encoder gives. */
final class CellScale implements LatentScale {
  private final LatentShrinkage prior;
  private final EncoderLayers encoder;
  private final Sums sums;
  private Rows scale;
  private Rows unscaled;
  private DeviceMemory nats;

  /**
   * Makes the scales.
   *
   * @param prior of the scales
   * @param encoder gives the distributions of their logarithms
   * @param sums take their divergence
   */
  CellScale(LatentShrinkage prior, EncoderLayers encoder, Sums sums) {
    this.prior = prior;
    this.encoder = encoder;
    this.sums = sums;
  }

  @Override
  public Optional<EncoderLayers> encoder() {
    return Optional.of(encoder);
  }

  @Override
  public DeviceMemory ofCells() {
    return scale.memory();
  }

  @Override
  public Rows scales() {
    return scale;
  }

  @Override
  public Rows unscaled() {
    return unscaled;
  }

  @Override
  public void reserve(DeviceArena arena, int rows) {
    int width = encoder.shape().outputs();
    scale = Rows.of(arena, rows, width);
    unscaled = Rows.of(arena, rows, width);
    nats = arena.doubles(rows);
  }

  private Struct struct(Frame frame) {
    return frame
        .launches()
        .struct(
            prior.kind() == HorseshoePrior.LOGNORMAL ? 1 : 0,
            prior.kind() == HorseshoePrior.GAMMA ? 1 : 0,
            prior.share(),
            prior.priorMean(),
            prior.priorVariance(),
            prior.logNormaliser(),
            Math.log(2 * Math.PI));
  }

  @Override
  public void draw(Frame frame, List<CountRows> counts, DeviceMemory room, DeviceMemory present) {
    encoder.forward(frame, counts, room);
    frame
        .launches()
        .addLine(
            Code.DRAW_SCALES,
            frame.blocksOfWarps(),
            encoder.posterior(frame),
            struct(frame),
            frame.cells(),
            present,
            frame.step(),
            scale.memory(),
            nats);
    sums.add(frame, Sums.Sum.HORSESHOE_KL, nats, frame.rows());
  }

  @Override
  public void differentiate(Frame frame, DeviceMemory present) {
    frame
        .launches()
        .add(
            Code.DIFFERENTIATE_SCALES,
            Math.ceilDiv(encoder.shape().outputs(), 32),
            frame.blocksOfWarps(),
            1,
            encoder.posterior(frame),
            struct(frame),
            frame.cells(),
            present,
            frame.step(),
            scale.memory(),
            unscaled.memory());
    encoder.backward(frame);
  }

  /** Adds nothing: the divergence is a term of each cell. */
  @Override
  public void addValues(GlobalNats all) {}
}
