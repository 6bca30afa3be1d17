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
 */
public record ModalityPriors(
    LibraryPrior library, DispersionHyperPrior dispersion, Optional<AmbientPrior> ambient) {
  /**
   * Holds the priors of a modality of whose background nothing was measured.
   *
   * @param library the priors of the log library size, by group
   * @param dispersion the hyper-prior as the loss uses it
   */
  public ModalityPriors(LibraryPrior library, DispersionHyperPrior dispersion) {
    this(library, dispersion, Optional.empty());
  }
}
