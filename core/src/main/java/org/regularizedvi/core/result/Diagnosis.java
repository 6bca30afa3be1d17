package org.regularizedvi.core.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What a model makes of a set of cells, beyond how well it explains them.
 *
 * @param modalities in the order of the model
 */
public record Diagnosis(Evaluation evaluation, List<OfModality> modalities) {
  public Diagnosis {
    modalities = List.copyOf(modalities);
  }

  /**
   * What it makes of one modality of them; cells that lack it are left out.
   *
   * @param name empty in a model of a single modality
   * @param libraryObsW posterior mean of the weight of the observed library size; empty without one
   * @param backgroundShare by ambient category the share of its cells' expected counts that the
   *     category's background gives; empty without a background
   * @param featureReconstruction negative log-likelihood of each feature's counts, nats per cell,
   *     in the order of the model's features; present when asked for
   */
  public record OfModality(
      String name,
      OptionalDouble libraryObsW,
      SequencedMap<String, Double> backgroundShare,
      Optional<double[]> featureReconstruction) {}
}
