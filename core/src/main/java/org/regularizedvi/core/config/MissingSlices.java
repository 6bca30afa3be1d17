package org.regularizedvi.core.config;

/**
 * What the latent representation holds, of latents side by side, in the slice of a modality that a
 * cell lacks.
 */
public enum MissingSlices {
  /** What is expected there of a cell with such other slices. */
  PREDICTED,
  /** What the modality's encoder says of no counts, the same for every such cell. */
  ENCODED
}
