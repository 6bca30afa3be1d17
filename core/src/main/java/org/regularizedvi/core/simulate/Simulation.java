package org.regularizedvi.core.simulate;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Holds cells of known types and batches with their counts. They are a function of the plan.
 *
 * @param plan what was asked for
 * @param cells what is true about the cells
 * @param modalities the modalities, in the order of the plan
 */
public record Simulation(SimulationPlan plan, CellTruth cells, List<SimulatedModality> modalities) {
  /** Keeps copies, which nobody can change. */
  public Simulation {
    modalities = List.copyOf(modalities);
  }

  /**
   * {@return the cells, features and counts that were drawn}
   *
   * @param plan what to simulate
   */
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
