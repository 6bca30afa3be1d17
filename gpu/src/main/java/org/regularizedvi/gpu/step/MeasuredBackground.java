package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;

/** The prior of a background whose profile was measured: {@link AmbientPrior} has the formulas. */
final class MeasuredBackground {
  private final AmbientPrior prior;
  private final GeneParameter background;
  private final Facts facts;
  private final DeviceMemory values;
  private final DeviceMemory crosses;
  private final DeviceMemory found;
  private final MemorySegment host;
  private final double[] entropyC;

  /** What was measured, on the card. */
  private record Facts(
      DeviceMemory share, DeviceMemory level, DeviceMemory shapeWeight, DeviceMemory levelWeight) {}

  /**
   * Copies what was measured to the card.
   *
   * @param arena owns it
   * @param prior what was measured
   * @param background the parameter
   */
  MeasuredBackground(DeviceArena arena, AmbientPrior prior, GeneParameter background) {
    this.prior = prior;
    this.background = background;
    this.facts =
        new Facts(
            arena.of(prior.shareGC().values()),
            arena.of(prior.levelC()),
            arena.of(prior.shapeWeightC()),
            arena.of(prior.levelWeightC()));
    this.values = arena.doubles(background.pieces());
    this.crosses = arena.doubles(background.pieces());
    this.found = arena.doubles(2L * prior.categories());
    this.host = arena.pinned(found.bytes());
    this.entropyC = new double[prior.categories()];
    float[] shareGC = prior.shareGC().values();
    for (int i = 0; i < shareGC.length; i++) {
      entropyC[i % entropyC.length] += shareGC[i] > 0 ? shareGC[i] * Math.log(shareGC[i]) : 0;
    }
  }

  /** Adds the launches that add to the gradient, which has what the cells give. */
  void differentiate(Frame frame) {
    Launches launches = frame.launches();
    long bytes = (long) prior.categories() * Double.BYTES;
    Struct own =
        launches.struct(
            facts.share(),
            facts.level(),
            facts.shapeWeight(),
            facts.levelWeight(),
            values,
            crosses,
            found.slice(0, bytes),
            found.slice(bytes, bytes));
    Struct parameter = background.struct(launches);
    int blocks = background.blocks();
    launches.add(Code.SUM_BACKGROUND, blocks, background.categories(), 1, parameter, own);
    launches.add(
        Code.DIFFERENTIATE_MEASURED,
        blocks,
        background.categories(),
        1,
        parameter,
        own,
        frame.step());
  }

  /** Asks for what the value needs; it is there when the card has come so far. */
  void fetch() {
    found.download(host);
  }

  /** Adds the value, nats per data set. */
  void addValue(GlobalNats nats) {
    int categories = prior.categories();
    for (int c = 0; c < categories; c++) {
      double sum = host.getAtIndex(JAVA_DOUBLE, c);
      double cross = host.getAtIndex(JAVA_DOUBLE, categories + c);
      nats.add(
          GlobalTerm.BACKGROUND, prior.negativeLog(c, entropyC[c] - cross + Math.log(sum), sum));
    }
  }
}
