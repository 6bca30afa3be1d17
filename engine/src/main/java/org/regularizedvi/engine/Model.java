package org.regularizedvi.engine;

import java.util.List;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.ModalityPriors;

/**
 * Describes a model as far as an engine needs to know it.
 *
 * @param spec its modalities and how they share a latent representation
 * @param priors what the priors of each modality took from data, in the order of the modalities
 * @param parameters its stored tensors, which training changes; they outlive every computation on
 *     them
 */
public record Model(NetworkSpec spec, List<ModalityPriors> priors, Parameters parameters) {
  /**
   * Keeps a copy of the list of priors.
   *
   * @throws IllegalArgumentException when there is not one prior per modality
   */
  public Model {
    priors = List.copyOf(priors);
    if (priors.size() != spec.modalities().size()) {
      throw new IllegalArgumentException(
          "Priors of %d modalities for a model of %d"
              .formatted(priors.size(), spec.modalities().size()));
    }
  }
}
