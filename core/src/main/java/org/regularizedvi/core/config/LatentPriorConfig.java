package org.regularizedvi.core.config;

import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;

/**
 * Says what holds z, and the decoders' last hidden layers, to few active units in each cell.
 *
 * @param useKlZ whether the divergence of q(z|x) from the standard normal is a term of the loss
 * @param zSparsityPrior the prior of the absolute values of z
 * @param nActiveLatentPerCell the number of dimensions that the priors on z expect a cell to use,
 *     above 0
 * @param hiddenActivationSparsity whether the decoders' last hidden layers have a Gamma prior
 * @param nActiveHiddenPerCell the number of hidden units that it expects a cell to use, above 0
 * @param useArdZSigmaScale whether each dimension of z has a learned scale that all cells share
 * @param horseshoe the scales of z that each cell has of its own
 */
public record LatentPriorConfig(
    @Option(help = "Hold z to the standard normal", python = Option.Python.NEWEST) boolean useKlZ,
    @Option(
            help = "Hold most of a cell's z to zero by a prior on its absolute values: none, gamma",
            python = Option.Python.NEWEST)
        ZSparsityPrior zSparsityPrior,
    @Option(
            help = "Dimensions that these priors expect a cell to use",
            python = Option.Python.NEWEST)
        double nActiveLatentPerCell,
    @Option(
            help = "Hold most units of a decoder's last hidden layer to zero in each cell",
            python = Option.Python.NEWEST)
        boolean hiddenActivationSparsity,
    @Option(
            help = "Hidden units that this prior expects a cell to use",
            python = Option.Python.NEWEST)
        double nActiveHiddenPerCell,
    @Option(
            help = "Learn a scale of each dimension of z, so that those that are not needed vanish",
            python = Option.Python.NEWEST)
        boolean useArdZSigmaScale,
    HorseshoeConfig horseshoe) {
  /**
   * Checks the components.
   *
   * @throws InputException when a number is out of range, or z would be scaled twice
   */
  public LatentPriorConfig {
    Checks.positive("n_active_latent_per_cell", nActiveLatentPerCell);
    Checks.positive("n_active_hidden_per_cell", nActiveHiddenPerCell);
    if (useArdZSigmaScale && horseshoe.on()) {
      throw new InputException(
          "use_ard_z_sigma_scale and horseshoe_latent_z_prior_type both scale z; expected one of them.");
    }
  }

  /** {@return the standard normal alone} */
  public static LatentPriorConfig defaults() {
    return new LatentPriorConfig(
        true, ZSparsityPrior.NONE, 20, false, 50, false, HorseshoeConfig.defaults());
  }

  /** {@return whether anything multiplies the draws of z} */
  public boolean scaled() {
    return useArdZSigmaScale || horseshoe.on();
  }
}
