package org.regularizedvi.core.simulate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Holds the truth about the simulated cells, whatever is measured of them.
 *
 * <p>Cells belong to the batches in turn. Each batch has shares of the types of its own, drawn from
 * Dirichlet(2, ..., 2).
 *
 * @param typeN the type of each cell
 * @param batchN the batch of each cell
 * @param lackingN the modality that a cell lacks, -1 for none
 * @param compositionBT each batch's shares of the types, adding up to 1
 */
public record CellTruth(int[] typeN, int[] batchN, int[] lackingN, double[][] compositionBT) {
  private static final int DIRICHLET = 2;

  static CellTruth draw(SimulationPlan plan) {
    TruthDraws draws = TruthDraws.ofCells(new CounterRandom(plan.seed()));
    double[][] compositionBT = new double[plan.batches()][plan.types()];
    for (int b = 0; b < plan.batches(); b++) {
      for (int t = 0; t < plan.types(); t++) {
        long row = (long) b * plan.types() + t;
        compositionBT[b][t] = draws.gamma(TruthDraws.Kind.COMPOSITION, row, DIRICHLET);
      }
      Profiles.scale(compositionBT[b], 1);
    }
    int[] typeN = new int[plan.cells()];
    int[] batchN = new int[plan.cells()];
    int[] lackingN = new int[plan.cells()];
    Arrays.fill(lackingN, -1);
    for (int n = 0; n < plan.cells(); n++) {
      batchN[n] = n % plan.batches();
      typeN[n] = pick(compositionBT[batchN[n]], draws.uniform(TruthDraws.Kind.TYPE, n, 0));
      double u = draws.uniform(TruthDraws.Kind.MISSING, n, 0);
      if (u < plan.missing()) {
        lackingN[n] = (int) (u / plan.missing() * plan.modalities().size());
      }
    }
    return new CellTruth(typeN, batchN, lackingN, compositionBT);
  }

  private static int pick(double[] shares, double u) {
    double sum = 0;
    for (int i = 0; i < shares.length - 1; i++) {
      sum += shares[i];
      if (u < sum) {
        return i;
      }
    }
    return shares.length - 1;
  }

  /** {@return the cells that have a modality, in order} */
  int[] having(int modality) {
    return IntStream.range(0, typeN.length).filter(n -> lackingN[n] != modality).toArray();
  }
}
