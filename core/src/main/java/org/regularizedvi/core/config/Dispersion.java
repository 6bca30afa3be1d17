package org.regularizedvi.core.config;

/** How many inverse dispersions a feature has. */
public enum Dispersion {
  /** One, shared by all cells. */
  GENE,
  /** One a category of {@code dispersion_key}. */
  GENE_BATCH
}
