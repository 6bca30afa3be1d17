package org.regularizedvi.gpu.step;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.gpu.driver.DeviceArena;

/** Holds all kinds of draws of a step. */
final class NoiseSources {
  private final List<NoiseSource> all = new ArrayList<>();

  /** {@return draws that are among those of the step from now on} */
  NoiseSource add(Draw draw, NoiseSource.Form form, int width) {
    NoiseSource source = new NoiseSource(draw, form, width);
    all.add(source);
    return source;
  }

  /** {@return whether the host supplies the draws, which are no function of their position} */
  static boolean given(Noise noise) {
    return !(noise instanceof CounterNoise);
  }

  void reserve(DeviceArena arena, int rows) {
    all.forEach(source -> source.reserve(arena, rows));
  }

  /**
   * Supplies draws.
   *
   * @param training whether those that only steps have are wanted
   */
  void supply(Noise noise, int rows, boolean training) {
    all.stream()
        .filter(source -> training || source.inPasses())
        .forEach(source -> source.supply(noise, rows));
  }
}
