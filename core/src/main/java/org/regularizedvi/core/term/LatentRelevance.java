package org.regularizedvi.core.term;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Start;

/**
 * Multiplies each dimension of a modality's z by a scale alpha that all cells share (automatic
 * relevance determination), with the LogNormal posterior exp(ard_z_alpha_loc +
 * exp(ard_z_alpha_log_scale) * eps) and a LogNormal prior that has the moments of Exponential(1).
 *
 * @param spec a modality whose z has such scales
 */
public record LatentRelevance(ModalitySpec spec) {
  private static final double START_SCALE = 0.1;

  /** The variance of log alpha under the prior. */
  public static final double PRIOR_VARIANCE = Math.log(2);

  /** The mean of log alpha under the prior. */
  public static final double PRIOR_MEAN = -PRIOR_VARIANCE / 2;

  /**
   * {@return the scales of a modality; empty when it has none}
   *
   * @param spec the modality
   */
  public static Optional<LatentRelevance> of(ModalitySpec spec) {
    return spec.config().latentPrior().useArdZSigmaScale()
        ? Optional.of(new LatentRelevance(spec))
        : Optional.empty();
  }

  /** {@return the name of the stored mean of log alpha, one number per dimension} */
  public String loc() {
    return "ard_z_alpha_loc" + spec.names().suffix();
  }

  /**
   * {@return the name of the stored log of the standard deviation of log alpha, one number per
   * dimension}
   */
  public String logScale() {
    return "ard_z_alpha_log_scale" + spec.names().suffix();
  }

  /**
   * {@return the stored tensors: alpha starts at 1, the standard deviation of its logarithm at
   * {@code var_init_scale}, or at 0.1}
   */
  public List<ParameterSpec> stored() {
    LayerTensors trained = LayerTensors.trained(spec);
    int dimensions = spec.network().nLatent();
    double scale = spec.config().starts().encoders().varInitScale().orElse(START_SCALE);
    return List.of(
        trained.one(loc(), new Start.Constant(0), dimensions),
        trained.one(logScale(), new Start.Constant(Math.log(scale)), dimensions));
  }

  /**
   * {@return the divergence of the posterior of an alpha, LogNormal(mu, sigma), from its prior,
   * LogNormal of mean m and variance c of the logarithm: 1/2 ((sigma^2 + (mu - m)^2) / c - 1 -
   * log(sigma^2 / c)), in nats per data set}
   *
   * @param mu the mean of log alpha
   * @param logSigma the log of the standard deviation of log alpha
   */
  public static double divergence(double mu, double logSigma) {
    double share = Math.exp(2 * logSigma) / PRIOR_VARIANCE;
    double away = mu - PRIOR_MEAN;
    return 0.5 * (share + away * away / PRIOR_VARIANCE - 1 - Math.log(share));
  }
}
