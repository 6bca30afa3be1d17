package org.regularizedvi.core.config;

/** How the latent representations of several modalities become one z. */
public enum LatentMode {
  /** Side by side: every decoder gets what all encoders say. */
  CONCATENATION,
  /** Their weighted mean over the modalities that a cell has. */
  WEIGHTED_MEAN,
  /** One encoder sees all modalities. */
  SINGLE_ENCODER
}
