package org.regularizedvi.core.config;

/** Says how many inverse dispersions a feature has. */
public enum Dispersion {
  /** A feature has one, which all cells share. */
  GENE,
  /** A feature has one per category of {@code dispersion_key}. */
  GENE_BATCH
}
