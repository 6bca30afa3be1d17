package org.regularizedvi.model.prior;

/**
 * Normal priors of the log library size, one a category of {@code library_size_key}, as the loss
 * uses them: means centred when asked for, variances already weighted.
 */
public record LibraryPrior(float[] logMeans, float[] logVars) {}
