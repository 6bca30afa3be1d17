package org.regularizedvi.core.simulate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Holds the truth about the simulated cells, whatever is measured of them.
 *
 * <p>Cells belong to the batches in turn. Each batch has shares of the types of its own, drawn from
 * Dirichlet(2, ..., 2). Rare types have no part in that: a number from 10 to 50 of cells anywhere,
 * drawn for each of them, takes theirs in place of another.
 *
 * @param typeN the type of each cell
 * @param batchN the batch of each cell
 * @param lackingN the modality that a cell lacks, -1 for none
 * @param compositionBT each batch's shares of the types, adding up to 1, as drawn; as counted where
 *     types are rare
 */
public record CellTruth(int[] typeN, int[] batchN, int[] lackingN, double[][] compositionBT) {
  private static final int DIRICHLET = 2;

  static CellTruth draw(SimulationPlan plan) {
    TruthDraws draws = TruthDraws.ofCells(new CounterRandom(plan.seed()));
    int common = plan.types() - plan.typePlan().rare();
    double[][] compositionBT = new double[plan.batches()][plan.types()];
    for (int b = 0; b < plan.batches(); b++) {
      for (int t = 0; t < common; t++) {
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
    if (plan.typePlan().rare() > 0) {
      placeRare(plan, draws, typeN);
      count(typeN, batchN, compositionBT);
    }
    return new CellTruth(typeN, batchN, lackingN, compositionBT);
  }

  /** Gives cells to the rare types, in the order of numbers that are drawn for all cells. */
  private static void placeRare(SimulationPlan plan, TruthDraws draws, int[] typeN) {
    double[] orderN = new double[typeN.length];
    Arrays.setAll(orderN, n -> draws.uniform(TruthDraws.Kind.RARE_CELL, n, 0));
    int[] cells =
        IntStream.range(0, typeN.length)
            .boxed()
            .sorted(Comparator.comparingDouble(n -> orderN[n]))
            .mapToInt(Integer::intValue)
            .toArray();
    int next = 0;
    int range = TypePlan.MOST_RARE - TypePlan.LEAST_RARE + 1;
    for (int t = plan.types() - plan.typePlan().rare(); t < plan.types(); t++) {
      int number =
          TypePlan.LEAST_RARE + (int) (range * draws.uniform(TruthDraws.Kind.RARE_CELLS, t, 0));
      for (int i = 0; i < number; i++) {
        typeN[cells[next++]] = t;
      }
    }
  }

  private static void count(int[] typeN, int[] batchN, double[][] compositionBT) {
    for (double[] composition : compositionBT) {
      Arrays.fill(composition, 0);
    }
    for (int n = 0; n < typeN.length; n++) {
      compositionBT[batchN[n]][typeN[n]]++;
    }
    for (double[] composition : compositionBT) {
      Profiles.scale(composition, 1);
    }
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
