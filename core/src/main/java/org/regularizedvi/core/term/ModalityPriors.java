package org.regularizedvi.core.term;

import org.regularizedvi.core.prior.DispersionHyperPrior;

/**
 * What a modality's priors took from its data before training.
 *
 * @param dispersion the hyper-prior as the loss uses it: as configured, or with a mean from data
 */
public record ModalityPriors(LibraryPrior library, DispersionHyperPrior dispersion) {}
