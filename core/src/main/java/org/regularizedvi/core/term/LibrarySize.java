package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.counts.CountSummary;
import org.regularizedvi.core.shape.EncoderHeadStart;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;

/**
 * Describes the log library size l of a cell: an encoder gives q(l|x), whose prior is Normal within
 * each library group ({@link LibraryPrior}). The residual encoder gives only what the observed
 * total leaves:
 *
 * <pre>
 *   l_n = b + w (t'_n - b) + l_encoded,n      t'_n = log(max(total_n, 1)) - a + b
 * </pre>
 *
 * with a and b the prior's mean before and after centring and one w for all cells, whose posterior
 * is LogNormal(library_obs_w_mu, exp(library_obs_w_log_sigma)) and whose prior is
 * Exponential(library_obs_w_prior_rate).
 *
 * @param spec the modality
 */
public record LibrarySize(ModalitySpec spec) {
  private static final double START_LOG_SIGMA = -2;

  /** {@return whether the encoder gives only what the observed total leaves} */
  public boolean residual() {
    return spec.config().library().residualLibraryEncoder();
  }

  /** {@return the name of the stored mean of log w, one number} */
  public String weightMean() {
    return "library_obs_w_mu" + spec.names().suffix();
  }

  /** {@return the name of the stored log of the standard deviation of log w, one number} */
  public String weightLogSigma() {
    return "library_obs_w_log_sigma" + spec.names().suffix();
  }

  /**
   * Declares the encoder's stored tensors; the mean of a residual one starts at the value that the
   * prior is centred at.
   *
   * @param logSensitivity the value that the log library size is centred at
   * @return the tensors, in the order in which they are stored
   */
  public List<ParameterSpec> encoder(double logSensitivity) {
    LayerTensors trained = LayerTensors.trained(spec);
    String prefix = spec.names().libraryEncoder();
    NetShape shape = spec.libraryEncoder();
    List<ParameterSpec> all = new ArrayList<>();
    all.addAll(
        trained.stack(StoredNames.encoderLayers(prefix), shape, spec.categories().encoder()));
    EncoderHeadStart start =
        residual()
            ? new EncoderHeadStart(1, OptionalDouble.of(logSensitivity), 1, OptionalDouble.empty())
            : EncoderHeadStart.drawn();
    all.addAll(trained.heads(prefix, shape, 1, start));
    return all;
  }

  /** {@return the stored tensors of w; none without a residual encoder} */
  public List<ParameterSpec> weight() {
    LayerTensors trained = LayerTensors.trained(spec);
    return residual()
        ? List.of(
            trained.one(weightMean(), new Start.Constant(0)),
            trained.one(weightLogSigma(), new Start.Constant(START_LOG_SIGMA)))
        : List.of();
  }

  /** {@return the rate of the Exponential prior of w} */
  public double weightPriorRate() {
    return spec.config().library().libraryObsWPriorRate();
  }

  /**
   * {@return whether exp(l) scatters around a sensitivity, rather than being what counts are
   * divided by}
   *
   * @param summary the sums over the counts
   */
  boolean centred(CountSummary summary) {
    return spec.config().priors().libraryLogMeansCenteringSensitivity().isPresent()
        && summary.sizes() == summary.totals();
  }

  /**
   * {@return the factor that turns a share of a cell's counts into the decoder's units, so that
   * exp(l) times it is a count}
   *
   * @param summary the sums over the counts
   */
  public double unit(CountSummary summary) {
    PriorConfig priors = spec.config().priors();
    return centred(summary)
        ? summary.meanTotal() / priors.libraryLogMeansCenteringSensitivity().orElseThrow()
        : 1;
  }

  /**
   * {@return what expression in the decoder's units is multiplied by to give the counts of a
   * typical cell}
   *
   * @param summary the sums over the counts
   */
  public double typicalSize(CountSummary summary) {
    return summary.meanSize() / unit(summary);
  }

  /**
   * {@return the divergence of q(l|x) = Normal(m, v) from its group's prior, 1/2 ((v + (m - m_p)^2)
   * / v_p - 1 - log(v / v_p)), in nats}
   *
   * @param mean m
   * @param variance v, above 0
   * @param priorMean m_p
   * @param priorVariance v_p, above 0
   */
  public static double divergence(
      double mean, double variance, double priorMean, double priorVariance) {
    double away = mean - priorMean;
    return 0.5
        * ((variance + away * away) / priorVariance - 1 - Math.log(variance / priorVariance));
  }

  /**
   * Computes the divergence of the posterior of w from its prior: -(mu + 1/2 + log sigma + 1/2
   * log(2 pi)) + rate exp(mu + sigma^2 / 2) - log rate.
   *
   * @param mu the mean of log w
   * @param logSigma the log of the standard deviation of log w
   * @param rate the rate of the Exponential prior of w, above 0
   * @return the divergence, in nats per data set
   */
  public static double weightDivergence(double mu, double logSigma, double rate) {
    return -(mu + 0.5 + logSigma + 0.5 * Math.log(2 * Math.PI))
        + rate * Math.exp(mu + Math.exp(2 * logSigma) / 2)
        - Math.log(rate);
  }

  /**
   * {@return the posterior mean of w, exp(mu + sigma^2 / 2), in single precision, as users read it;
   * empty when the encoder gives the whole library size}
   *
   * @param parameters the stored parameters
   */
  public OptionalDouble readWeight(Parameters parameters) {
    if (!residual()) {
      return OptionalDouble.empty();
    }
    float mu = parameters.values(weightMean())[0];
    float sigma = (float) Math.exp(parameters.values(weightLogSigma())[0]);
    return OptionalDouble.of((float) Math.exp(mu + sigma * sigma * 0.5f));
  }
}
