package org.regularizedvi.core.config;

/**
 * Says what the latent representation holds, where latents lie side by side, in the slice of a
 * modality that a cell lacks.
 */
public enum MissingSlices {
  /** The slice holds what is expected of a cell with such other slices. */
  PREDICTED,
  /**
   * The slice holds what the modality's encoder says of no counts, the same for every such cell.
   */
  ENCODED
}
