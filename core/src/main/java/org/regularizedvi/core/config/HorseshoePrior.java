package org.regularizedvi.core.config;

/**
 * Names the priors of the scales that multiply z in every cell and dimension ({@code
 * horseshoe_latent_z_prior_type}).
 */
public enum HorseshoePrior {
  /** z is not scaled. */
  NONE,
  /** The scales are LogNormal, with the divergence in closed form. */
  LOGNORMAL,
  /** The scales are LogNormal, with the divergence at the draw. */
  LOGNORMAL_MC,
  /** The scales are Gamma, with the divergence at the draw. */
  GAMMA
}
