package org.regularizedvi.core.config;

/** Says how the latent representations of several modalities become one z. */
public enum LatentMode {
  /** They lie side by side, so that every decoder gets what all encoders say. */
  CONCATENATION,
  /** z is their weighted mean over the modalities that a cell has. */
  WEIGHTED_MEAN,
  /** One encoder sees all modalities and gives z. */
  SINGLE_ENCODER
}
