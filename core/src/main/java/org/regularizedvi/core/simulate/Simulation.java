package org.regularizedvi.core.simulate;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Cells of known types and batches with their counts: a function of the plan.
 *
 * @param modalities as the plan has them
 */
public record Simulation(SimulationPlan plan, CellTruth cells, List<SimulatedModality> modalities) {
  public Simulation {
    modalities = List.copyOf(modalities);
  }

  /** Draws cells, features and counts. */
  public static Simulation of(SimulationPlan plan) {
    CellTruth cells = CellTruth.draw(plan);
    CounterRandom random = new CounterRandom(plan.seed());
    List<SimulatedModality> modalities = new ArrayList<>();
    for (int m = 0; m < plan.modalities().size(); m++) {
      modalities.add(
          SimulatedModality.draw(
              plan.modalities().get(m), plan, cells, m, TruthDraws.ofModality(random, m)));
    }
    return new Simulation(plan, cells, modalities);
  }
}
