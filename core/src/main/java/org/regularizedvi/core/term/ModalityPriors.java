package org.regularizedvi.core.term;

import org.regularizedvi.core.prior.DispersionHyperPrior;

/**
 * Holds the priors that a modality took from its data before training.
 *
 * @param library the priors of the log library size, by group
 * @param dispersion the hyper-prior as the loss uses it: as configured, or with a mean from data
 */
public record ModalityPriors(LibraryPrior library, DispersionHyperPrior dispersion) {}
