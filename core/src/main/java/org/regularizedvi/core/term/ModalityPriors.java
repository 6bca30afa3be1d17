package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.prior.DispersionHyperPrior;

/**
 * Holds the priors that a modality took from its data before training.
 *
 * @param library the priors of the log library size, by group
 * @param dispersion the hyper-prior as the loss uses it: as configured, or with a mean from data
 * @param ambient the prior of the background, where its profile was measured
 * @param weightWidthG how wide the prior of each feature's decoder weights is, length G, as {@link
 *     DecoderPenalties} says; none where all are 1
 */
public record ModalityPriors(
    LibraryPrior library,
    DispersionHyperPrior dispersion,
    Optional<AmbientPrior> ambient,
    Optional<float[]> weightWidthG) {
  /**
   * Holds the priors of a modality of whose background and features' means nothing is known.
   *
   * @param library the priors of the log library size, by group
   * @param dispersion the hyper-prior as the loss uses it
   */
  public ModalityPriors(LibraryPrior library, DispersionHyperPrior dispersion) {
    this(library, dispersion, Optional.empty(), Optional.empty());
  }
}
