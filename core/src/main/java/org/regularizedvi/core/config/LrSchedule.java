package org.regularizedvi.core.config;

/** How the learning rate changes over a training run. */
public enum LrSchedule {
  /** It stays. */
  CONSTANT(400) {
    @Override
    public double factor(long step, long steps) {
      return 1;
    }

    @Override
    int klWarmup(int epochs) {
      return 400;
    }
  },
  /**
   * It rises over the first {@value #RISE} steps and then falls along half a cosine, towards 0 at
   * the last step: large steps while there is much to learn, small ones to settle.
   */
  COSINE(80) {
    @Override
    public double factor(long step, long steps) {
      double rise = Math.min(1, (step + 1.0) / RISE);
      return rise * (1 + Math.cos(Math.PI * step / steps)) / 2;
    }

    @Override
    int klWarmup(int epochs) {
      return epochs / 4;
    }
  };

  private static final int RISE = 8;

  private final int mostEpochs;

  LrSchedule(int mostEpochs) {
    this.mostEpochs = mostEpochs;
  }

  /** What the learning rate is multiplied by in step {@code step} of {@code steps}, from 0. */
  public abstract double factor(long step, long steps);

  /** Epochs over which the latent's KL term rises, when nobody says. */
  abstract int klWarmup(int epochs);

  /** Epochs for some cells when nobody says: 8 million cells seen, but no more than is of use. */
  int epochs(int cells) {
    return (int) Math.max(1, Math.min(Math.round(20000.0 / cells * 400), mostEpochs));
  }
}
