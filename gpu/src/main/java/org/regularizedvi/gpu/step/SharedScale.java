package org.regularizedvi.gpu.step;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/** Scales of the dimensions of a part of z that all cells share. */
final class SharedScale implements LatentScale {
  private final Parameter mean;
  private final Parameter logSigma;
  private final int width;
  private final Sums sums;
  private final NoiseSource noise;
  private final DeviceMemory alpha;
  private final DeviceMemory divergence;
  private Rows unscaled;

  /** A parameter of each dimension, and its gradient. */
  private record Parameter(DeviceMemory value, DeviceMemory gradient) {
    static Parameter of(SmallParameters small, String name) {
      return new Parameter(small.value(name), small.gradient(name));
    }
  }

  /**
   * Makes the scales.
   *
   * @param arena owns their draw
   * @param own says where they are stored
   * @param stores have them
   * @param sums take their divergence
   */
  SharedScale(DeviceArena arena, LatentRelevance own, Stores stores, Sums sums) {
    this.mean = Parameter.of(stores.small(), own.loc());
    this.logSigma = Parameter.of(stores.small(), own.logScale());
    this.width = stores.small().count(own.loc());
    this.sums = sums;
    this.noise =
        stores
            .sources()
            .add(
                Draw.of(Draw.Kind.ARD, own.spec().index()), NoiseSource.Form.SHARED_NORMALS, width);
    this.alpha = arena.words(width);
    this.divergence = arena.doubles(width);
  }

  @Override
  public Optional<EncoderLayers> encoder() {
    return Optional.empty();
  }

  @Override
  public DeviceMemory ofCells() {
    return DeviceMemory.NONE;
  }

  @Override
  public Rows scales() {
    return new Rows(alpha, 0);
  }

  @Override
  public Rows unscaled() {
    return unscaled;
  }

  @Override
  public void reserve(DeviceArena arena, int rows) {
    unscaled = Rows.of(arena, rows, width);
  }

  private Struct struct(Frame frame) {
    return frame
        .launches()
        .struct(
            mean.value(),
            logSigma.value(),
            mean.gradient(),
            logSigma.gradient(),
            alpha,
            divergence,
            noise.struct(frame),
            width);
  }

  private int blocks() {
    return Math.ceilDiv(width, 256);
  }

  @Override
  public void draw(Frame frame, List<CountRows> counts, DeviceMemory room, DeviceMemory present) {
    frame.launches().addLine(Code.DRAW_SHARED_SCALES, blocks(), struct(frame), frame.step());
  }

  @Override
  public void differentiate(Frame frame, DeviceMemory present) {
    frame
        .launches()
        .addLine(
            Code.DIFFERENTIATE_SHARED_SCALES,
            blocks(),
            struct(frame),
            unscaled.memory(),
            frame.rows(),
            frame.step());
    sums.add(frame, Sums.Sum.ARD, divergence, width);
  }

  @Override
  public void addValues(GlobalNats nats) {
    nats.add(GlobalTerm.ARD, sums.of(Sums.Sum.ARD));
  }
}
