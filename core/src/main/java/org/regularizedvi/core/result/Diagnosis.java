package org.regularizedvi.core.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Holds a model's findings about a set of cells, beyond how well it explains them.
 *
 * @param evaluation how well it explains them
 * @param modalities the findings of each modality, in the model's order
 */
public record Diagnosis(Evaluation evaluation, List<OfModality> modalities) {
  /** Keeps copies, which nobody can change. */
  public Diagnosis {
    modalities = List.copyOf(modalities);
  }

  /**
   * Holds a model's findings about one modality of a set of cells; cells that lack the modality are
   * left out.
   *
   * @param name the name of the modality, empty in a model of one
   * @param libraryObsW the posterior mean of the weight of the observed library size, 0 to 1; empty
   *     where there is no such weight
   * @param backgroundShare for each ambient category, the share of its cells' expected counts that
   *     the category's background gives; empty without a background
   * @param perFeatureReconstructionLoss the negative log-likelihood of each feature's counts, nats
   *     per cell, in the order of the model's features; present when asked for
   */
  public record OfModality(
      String name,
      OptionalDouble libraryObsW,
      SequencedMap<String, Double> backgroundShare,
      Optional<double[]> perFeatureReconstructionLoss) {}
}
