package org.regularizedvi.cpu.work;

import java.util.Arrays;

/** Sums up where the time of training steps goes, each worker for itself. */
public final class PartTimes {
  /** Names a part of a step; of the head's own parts every worker has its share. */
  public enum Part {
    /** The whole step. */
    STEP,
    /** Cutting the minibatch into tiles, input dropout. */
    COUNTS,
    /** Products of the nonzeros with the first layers' weights. */
    FIRST_LAYER,
    /** From the first layers to the decoders' last hidden layers. */
    FORWARD,
    /** The head: the next three and waiting for the last worker. */
    HEAD,
    /** The head's matrix products. */
    PRODUCTS,
    /** The likelihood and its gradients. */
    LIKELIHOOD,
    /** Adam on the head's weight. */
    HEAD_OPTIMISER,
    /** From the heads' gradients back to the encoders' first linear maps. */
    BACKWARD,
    /** The gradients of all other weights, and Adam on those of the first layers. */
    FIRST_GRADIENT,
    /** The terms of what all cells share. */
    SHARED,
    /** Of the other parts, what goes to exchanging with other workers and to waiting for them. */
    EXCHANGE
  }

  private final long[][] nanos;
  private long steps;

  PartTimes(int workers) {
    nanos = new long[workers][Part.values().length];
  }

  /**
   * Adds the time since a moment to a part.
   *
   * @param worker whose time it was
   * @param part of the step
   * @param since the moment, as {@link System#nanoTime} gave it
   * @return the moment now
   */
  public long add(int worker, Part part, long since) {
    long now = System.nanoTime();
    nanos[worker][part.ordinal()] += now - since;
    return now;
  }

  /** Counts a step. */
  public void stepEnded() {
    steps++;
  }

  /** Forgets everything, after warming up. */
  public void reset() {
    steps = 0;
    for (long[] own : nanos) {
      Arrays.fill(own, 0);
    }
  }

  /**
   * {@return the milliseconds per step that a part takes; of the head's own parts the mean over
   * workers}
   *
   * @param part of the step
   */
  public double millisAStep(Part part) {
    double sum = 0;
    for (long[] own : nanos) {
      sum += own[part.ordinal()];
    }
    boolean shared =
        part == Part.PRODUCTS || part == Part.LIKELIHOOD || part == Part.HEAD_OPTIMISER;
    return sum / 1e6 / steps / (shared ? nanos.length : 1);
  }
}
