package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.config.HorseshoeConfig;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.shape.EncoderHeadStart;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.kernel.special.Gammas;

/**
 * Multiplies a modality's z, in every cell and dimension, by a scale g of its own, which a second
 * encoder gives: log g ~ q = Normal(m, v). The prior holds most scales of a cell near zero. With s,
 * the share of the dimensions that a cell is expected to use, it is
 *
 * <pre>
 *   lognormal, lognormal-mc:  LogNormal with log g ~ Normal(log s - c / 2, c)   c = log(1 + 1 / s)
 *   gamma:                    Gamma(s, 1)
 * </pre>
 *
 * both of mean s. {@code lognormal} takes the divergence in closed form, the others at the draw.
 *
 * @param spec a modality whose z has such scales
 */
public record LatentShrinkage(ModalitySpec spec) {
  /** The least log g at which a divergence is taken by the draw. */
  public static final double LEAST_LOG = Math.log(1e-6);

  /** The least scale with which a dimension counts as active in a cell. */
  public static final double ACTIVE_SCALE = LatentKl.ACTIVE_NATS;

  private static final int LEAST_HIDDEN = 16;

  /**
   * {@return the scales of a modality; empty when it has none}
   *
   * @param spec the modality
   */
  public static Optional<LatentShrinkage> of(ModalitySpec spec) {
    return spec.config().latentPrior().horseshoe().on()
        ? Optional.of(new LatentShrinkage(spec))
        : Optional.empty();
  }

  private HorseshoeConfig config() {
    return spec.config().latentPrior().horseshoe();
  }

  /** {@return the stored prefix of the encoder of log g} */
  public String encoder() {
    return spec.names().horseshoeEncoder();
  }

  /** {@return the hidden layers of the encoder, as many as that of z has} */
  public NetShape layers() {
    NetworkConfig network = spec.network();
    double hidden = config().horseshoeLatentZEncoderFraction() * network.nHidden();
    return spec.encoderShape(Math.max(LEAST_HIDDEN, (int) hidden), network.nLayers());
  }

  /** {@return the stored tensors of the encoder, in the order in which they are stored} */
  public List<ParameterSpec> stored() {
    LayerTensors trained = LayerTensors.trained(spec);
    List<ParameterSpec> all = new ArrayList<>();
    all.addAll(
        trained.stack(StoredNames.encoderLayers(encoder()), layers(), spec.categories().encoder()));
    EncoderHeadStart start =
        EncoderHeadStart.drawn()
            .withMean(Math.log(config().horseshoePosteriorInitLoc()))
            .withScale(
                config().horseshoePosteriorInitScale(),
                spec.config().starts().encoders().useSoftplusVarActivation());
    all.addAll(trained.heads(encoder(), layers(), spec.network().nLatent(), start));
    return all;
  }

  /** {@return the kind of the prior} */
  public HorseshoePrior kind() {
    return config().horseshoeLatentZPriorType();
  }

  /** {@return s, the share of the dimensions of z that a cell is expected to use} */
  public double share() {
    return spec.config().latentPrior().nActiveLatentPerCell() / spec.jointLatent();
  }

  /** {@return the variance of log g under the LogNormal prior} */
  public double priorVariance() {
    return Math.log1p(1 / share());
  }

  /** {@return the mean of log g under the LogNormal prior} */
  public double priorMean() {
    return Math.log(share()) - priorVariance() / 2;
  }

  /** {@return the logarithm of the Gamma function at the share, the constant of the Gamma prior} */
  public double logNormaliser() {
    return Gammas.logGamma(share());
  }

  /**
   * {@return what log g of a draw costs under the prior but for the factor 1 / g that densities of
   * g have, - log p(g) - log g, in nats}
   *
   * @param logG the logarithm of the scale
   */
  public double negativeLogPrior(double logG) {
    if (kind() == HorseshoePrior.GAMMA) {
      return logNormaliser() + Math.exp(logG) - share() * logG;
    }
    double away = logG - priorMean();
    return 0.5 * (away * away / priorVariance() + Math.log(2 * Math.PI * priorVariance()));
  }

  /**
   * {@return the derivative of {@link #negativeLogPrior} by log g}
   *
   * @param logG the logarithm of the scale
   */
  public double slope(double logG) {
    return kind() == HorseshoePrior.GAMMA
        ? Math.exp(logG) - share()
        : (logG - priorMean()) / priorVariance();
  }
}
