package org.regularizedvi.answers;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.result.LatentUse;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.cpu.torch.Tensors;

/** Adds up, over minibatches, what each latent dimension says of cells. */
final class LatentUseSums {
  private double[] kl = new double[0];
  private boolean[] any = new boolean[0];
  private double active;
  private int cells;

  void add(Elbo.Pass pass) {
    if (cells == 0) {
      int dimensions = pass.klZNK().stream().mapToInt(k -> (int) k.size(1)).sum();
      kl = new double[dimensions];
      any = new boolean[dimensions];
    }
    int from = 0;
    for (Tensor klNK : pass.klZNK()) {
      double[] sums = Tensors.doubles(klNK.sum(0));
      double[] most = Tensors.doubles(klNK.amax(new long[] {0}, false));
      for (int k = 0; k < sums.length; k++) {
        kl[from + k] += sums[k];
        any[from + k] |= most[k] > LatentKl.ACTIVE_NATS;
      }
      from += sums.length;
    }
    active += pass.activeDimsN().sum().item_double();
    cells += (int) pass.klZNK().getFirst().size(0);
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
