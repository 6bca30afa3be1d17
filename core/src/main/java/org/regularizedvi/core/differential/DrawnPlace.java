package org.regularizedvi.core.differential;

import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.kernel.random.CounterRandom;

/** Draws one of several, as a function of seed, purpose, group and place. */
final class DrawnPlace {
  private DrawnPlace() {}

  /** {@return a number in 0 .. bound-1; each is equally likely to within bound / 2^32} */
  static int below(int bound, CounterRandom random, Draw draw, int group, int place) {
    long bits = random.word(draw.purpose(), draw.step(group), 0, place) & 0xffffffffL;
    return (int) (bits * bound >>> 32);
  }
}
