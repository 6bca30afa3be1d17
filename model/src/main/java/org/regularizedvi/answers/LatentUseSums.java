package org.regularizedvi.answers;

import java.io.Serializable;
import org.regularizedvi.core.result.LatentUse;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.engine.LatentDivergence;

/**
 * Holds how much each latent dimension says of some cells.
 *
 * @param klK sum over the cells of the divergence in each dimension, nats
 * @param anyK whether a dimension is active in any of the cells
 * @param active sum over the cells of the number of active dimensions
 */
public record LatentUseSums(double[] klK, boolean[] anyK, double active) implements Serializable {
  static LatentUseSums of(LatentDivergence divergence) {
    boolean[] any = new boolean[divergence.largestK().length];
    for (int k = 0; k < any.length; k++) {
      any[k] = divergence.largestK()[k] > LatentKl.ACTIVE_NATS;
    }
    return new LatentUseSums(divergence.sumK(), any, divergence.activeDims());
  }

  LatentUseSums plus(LatentUseSums more) {
    boolean[] any = anyK.clone();
    for (int k = 0; k < any.length; k++) {
      any[k] |= more.anyK[k];
    }
    return new LatentUseSums(Sums.plus(klK, more.klK), any, active + more.active);
  }

  LatentUse result(int cells) {
    double[] means = new double[klK.length];
    int anyActive = 0;
    for (int k = 0; k < means.length; k++) {
      means[k] = klK[k] / cells;
      anyActive += anyK[k] ? 1 : 0;
    }
    return new LatentUse(active / cells, anyActive, means);
  }
}
