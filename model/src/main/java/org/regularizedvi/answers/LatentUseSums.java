package org.regularizedvi.answers;

import org.regularizedvi.core.result.LatentUse;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.engine.LatentDivergence;

/** Adds up, over minibatches, how much each latent dimension says of cells. */
final class LatentUseSums {
  private double[] kl = new double[0];
  private boolean[] any = new boolean[0];
  private double active;
  private int cells;

  void add(LatentDivergence of, int size) {
    if (cells == 0) {
      kl = new double[of.sumK().length];
      any = new boolean[kl.length];
    }
    for (int k = 0; k < kl.length; k++) {
      kl[k] += of.sumK()[k];
      any[k] |= of.largestK()[k] > LatentKl.ACTIVE_NATS;
    }
    active += of.activeDims();
    cells += size;
  }

  LatentUse result() {
    double[] means = new double[kl.length];
    int anyActive = 0;
    for (int k = 0; k < kl.length; k++) {
      means[k] = kl[k] / cells;
      anyActive += any[k] ? 1 : 0;
    }
    return new LatentUse(active / cells, anyActive, means);
  }
}
