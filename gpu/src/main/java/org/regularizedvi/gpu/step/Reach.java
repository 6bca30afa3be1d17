package org.regularizedvi.gpu.step;

import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.input.InputException;

/** Says which trainings the engine does not compute yet. */
final class Reach {
  private Reach() {}

  /**
   * Refuses what is out of reach.
   *
   * @throws InputException when the engine does not compute it
   */
  static void require(StepPlan plan) {
    if (plan.peers().ranks() > 1) {
      throw new InputException(
          "The engine cuda does not compute trainings by several workers yet; use --device cpu.");
    }
  }
}
