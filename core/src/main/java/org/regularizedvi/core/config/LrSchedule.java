package org.regularizedvi.core.config;

/** Says how the learning rate changes over a training run. */
public enum LrSchedule {
  /** The rate stays as it is. */
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
   * The rate rises over the first {@value #RISE} steps and falls along half a cosine, towards 0 at
   * the last step: steps are large while there is much to learn, and small in the end, to settle.
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

  /**
   * {@return the factor on the learning rate in one step, from 0 to 1}
   *
   * @param step the place of the step in the whole run, from 0
   * @param steps the number of steps of the whole run
   */
  public abstract double factor(long step, long steps);

  /**
   * {@return the number of epochs over which the weight of the latent KL term rises, when nobody
   * says}
   *
   * @param epochs the number of epochs of the run
   */
  abstract int klWarmup(int epochs);

  /**
   * {@return the number of epochs when nobody says: 8 million cells seen, but no more epochs than
   * are of use}
   *
   * @param cells the number of cells in the data set
   */
  int epochs(int cells) {
    return (int) Math.max(1, Math.min(Math.round(20000.0 / cells * 400), mostEpochs));
  }
}
