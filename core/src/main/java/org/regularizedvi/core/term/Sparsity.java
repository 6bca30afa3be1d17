package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ZSparsityPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.kernel.special.Gammas;

/**
 * Holds most of some units to zero in each cell: their absolute values have the prior Gamma(shape,
 * 1), whose density below shape 1 has a pole at zero. The terms {@link CellTerm#Z_SPARSITY} and
 * {@link CellTerm#HIDDEN_SPARSITY} are minus its log density, summed over the units.
 *
 * @param shape the share of the units that a cell is expected to use, above 0
 */
public record Sparsity(double shape) {
  /** What is added to an absolute value, so that zero has a density. */
  public static final double LEAST = 1e-8;

  /**
   * {@return the prior of the z that all decoders get; empty without}
   *
   * @param spec the model
   */
  public static Optional<Sparsity> ofLatent(NetworkSpec spec) {
    LatentPriorConfig prior = spec.config().latentPrior();
    return prior.zSparsityPrior() == ZSparsityPrior.GAMMA
        ? Optional.of(new Sparsity(prior.nActiveLatentPerCell() / spec.jointLatent()))
        : Optional.empty();
  }

  /**
   * {@return the prior of a decoder's last hidden layer; empty without}
   *
   * @param spec the modality of the decoder
   */
  public static Optional<Sparsity> ofHidden(ModalitySpec spec) {
    LatentPriorConfig prior = spec.config().latentPrior();
    return prior.hiddenActivationSparsity()
        ? Optional.of(new Sparsity(prior.nActiveHiddenPerCell() / spec.decoder().hidden()))
        : Optional.empty();
  }

  /** {@return the logarithm of the Gamma function at the shape, which every unit's term has} */
  public double logNormaliser() {
    return Gammas.logGamma(shape);
  }
}
