package org.regularizedvi.core.simulate;

import java.util.HashSet;
import java.util.List;
import org.regularizedvi.input.InputException;

/**
 * Says what to simulate.
 *
 * @param cells the number of cells N
 * @param typePlan the cell types, their relations and markers
 * @param batches the number of batches B
 * @param missing the share of the cells that lack one modality, 0 for none
 * @param seed makes all draws: the same plan gives the same counts
 * @param modalities at least one, each with a name of its own
 */
public record SimulationPlan(
    int cells,
    TypePlan typePlan,
    int batches,
    double missing,
    long seed,
    List<ModalityPlan> modalities) {
  private static final int MOST_MODALITIES = 256;
  private static final int MOST_GROUPS = 10_000;

  /**
   * Checks the components.
   *
   * @throws InputException when a number is out of range
   */
  public SimulationPlan {
    modalities = List.copyOf(modalities);
    requireWithin("cells", cells, Integer.MAX_VALUE);
    requireWithin("batches", batches, MOST_GROUPS);
    if (batches > cells) {
      throw new InputException(
          "batches must be at most the number of cells, %d, but is %d.".formatted(cells, batches));
    }
    if ((long) typePlan.rare() * TypePlan.MOST_RARE > cells / 2) {
      throw new InputException(
          "rare_types %d of up to %d cells each need at least %d cells, but cells is %d."
              .formatted(
                  typePlan.rare(),
                  TypePlan.MOST_RARE,
                  2L * typePlan.rare() * TypePlan.MOST_RARE,
                  cells));
    }
    if (!(missing >= 0 && missing < 1)) {
      throw new InputException(
          "missing must be at least 0 and below 1, but is %s.".formatted(missing));
    }
    if (missing > 0 && modalities.size() < 2) {
      throw new InputException(
          "missing is %s, but a cell of a single modality cannot lack one; give several to features."
              .formatted(missing));
    }
    if (modalities.isEmpty() || modalities.size() > MOST_MODALITIES) {
      throw new InputException(
          "Expected 1 to %d modalities, found %d.".formatted(MOST_MODALITIES, modalities.size()));
    }
    HashSet<String> names = new HashSet<>();
    for (ModalityPlan modality : modalities) {
      if (!names.add(modality.name())) {
        throw new InputException("Two modalities are named '%s'.".formatted(modality.name()));
      }
    }
  }

  /**
   * Describes cells of types that are all unrelated.
   *
   * @param cells the number of cells N
   * @param types the number of cell types T
   * @param batches the number of batches B
   * @param missing the share of the cells that lack one modality, 0 for none
   * @param seed makes all draws
   * @param modalities at least one, each with a name of its own
   */
  public SimulationPlan(
      int cells, int types, int batches, double missing, long seed, List<ModalityPlan> modalities) {
    this(cells, TypePlan.unrelated(types), batches, missing, seed, modalities);
  }

  /** {@return the number of cell types T} */
  public int types() {
    return typePlan.types();
  }

  static void requireWithin(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new InputException(
          "%s must be at least 1 and at most %d, but is %d.".formatted(option, most, value));
    }
  }
}
