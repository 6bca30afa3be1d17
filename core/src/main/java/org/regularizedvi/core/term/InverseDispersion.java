package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.DispersionDirection;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.CategoryAxis;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.kernel.special.Softplus;

/**
 * Describes the inverse dispersion theta of the counts, with the LogNormal posterior exp(px_r_mu +
 * exp(px_r_log_sigma) * eps); outside training theta is at its median exp(px_r_mu). There is one
 * per feature and dispersion group, or one per feature.
 *
 * <p>Its containment prior (Simpson et al. 2017) holds the counts towards Poisson: 1/sqrt(theta) ~
 * Exponential(lambda), lambda = softplus(dispersion_prior_rate_raw) with a Gamma hyper-prior.
 *
 * <p>With bursts (see {@link BurstSize}) the same parameters are those of the technical variance v
 * in theta's place, and its prior holds it towards none: sqrt(v) ~ Exponential(lambda).
 *
 * @param spec the modality
 */
public record InverseDispersion(ModalitySpec spec) {
  private static final double START_SPREAD = 0.1;
  private static final double START_SIGMA = 0.1;

  /** {@return the name of the stored mean of log theta, features x groups, or features} */
  public String mean() {
    return "px_r_mu" + spec.names().suffix();
  }

  /**
   * {@return the name of the stored log of the standard deviation of log theta, of the same shape
   * as the mean}
   */
  public String logSigma() {
    return "px_r_log_sigma" + spec.names().suffix();
  }

  /**
   * {@return the name of the stored raw rate of the containment prior, one number per group; lambda
   * is its softplus}
   */
  public String rate() {
    return "dispersion_prior_rate_raw" + spec.names().suffix();
  }

  /** {@return whether every dispersion group has a theta of its own} */
  public boolean byGroup() {
    return spec.generative().dispersion() == Dispersion.GENE_BATCH;
  }

  /**
   * {@return the power p for which theta to the power p is of Exponential(lambda): -1/2, or 1/2
   * where {@code dispersion_prior_direction} says so and with bursts, where theta is the technical
   * variance}
   */
  public double power() {
    boolean root = spec.config().priors().dispersionPriorDirection() == DispersionDirection.SQRT;
    return spec.generative().bursts() || root ? 0.5 : -0.5;
  }

  /**
   * {@return the theta that the prior alone would give every feature, or with bursts the v: that
   * whose power p is 1/lambda}
   *
   * @param rate lambda
   */
  public double ofPrior(double rate) {
    return power() < 0 ? rate * rate : 1 / (rate * rate);
  }

  /**
   * {@return the number of columns of the parameters: one per dispersion group, or one for all
   * cells}
   */
  public int groups() {
    return byGroup() ? spec.categories().dispersion() : 1;
  }

  /** {@return whether theta has its containment prior: {@code regularise_dispersion}} */
  public boolean contained() {
    return spec.config().priors().regulariseDispersion();
  }

  /**
   * Declares the stored tensors. Where no data say otherwise, theta starts where prior and penalty
   * balance: theta to the power p = 1/lambda.
   *
   * @param starts where theta and lambda start
   * @return the tensors, in the order in which they are stored
   */
  public List<ParameterSpec> stored(StartValues starts) {
    LayerTensors trained = LayerTensors.trained(spec);
    int groups = groups();
    long[] shape = byGroup() ? new long[] {spec.features(), groups} : new long[] {spec.features()};
    Optional<CategoryAxis> columns = Optional.of(CategoryAxis.of(1, groups)).filter(_ -> byGroup());
    double rate = starts.dispersion().rate();
    ValueStartConfig given = spec.config().starts().values();
    double spread = given.pxRInitStd().orElse(START_SPREAD);
    Start start =
        starts
            .logTheta()
            .filter(_ -> given.pxRInitMean().isEmpty())
            .<Start>map(values -> new Start.NormalAround(repeated(values, groups), spread))
            .orElseGet(
                () ->
                    new Start.Normal(
                        given.pxRInitMean().orElse(-2 * power() * Math.log(rate * rate)), spread));
    List<ParameterSpec> all = new ArrayList<>();
    all.add(trained.one(mean(), start, columns, shape));
    all.add(trained.one(logSigma(), new Start.Constant(Math.log(START_SIGMA)), columns, shape));
    if (contained()) {
      Start raw = new Start.Constant(Softplus.inverse(rate));
      Optional<CategoryAxis> rows = Optional.of(CategoryAxis.of(0, groups)).filter(_ -> byGroup());
      all.add(trained.one(rate(), raw, rows, groups));
    }
    return all;
  }

  /** Makes a column of the values for every category. */
  private static float[] repeated(float[] values, int columns) {
    float[] all = new float[values.length * columns];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i / columns];
    }
    return all;
  }

  /**
   * {@return where theta starts by the method of moments; empty unless it starts from data}
   *
   * @param shares what the data say of each feature's variance
   * @param bursts where bursts start, if there are any
   */
  public Optional<DispersionStart> start(
      Optional<VarianceShares> shares, Optional<BurstStart> bursts) {
    return bursts
        .map(BurstStart::dispersion)
        .or(() -> shares.map(own -> DispersionStart.of(own, power())));
  }

  /**
   * {@return the mean of theta to the power p = +-1/2 under the LogNormal posterior, exp(p mu +
   * sigma^2/8)}
   *
   * @param power p
   * @param mu the mean of log theta
   * @param sigma the standard deviation of log theta
   */
  public static double meanRoot(double power, double mu, double sigma) {
    return Math.exp(power * mu + sigma * sigma / 8);
  }

  /**
   * Computes the containment prior's term of the loss: minus the log density of lambda, minus the
   * entropy of log theta, minus the expected log density of theta to the power p.
   *
   * @param power p, -1/2 or with bursts 1/2
   * @param mu the mean of log theta, features x groups, row-major
   * @param logSigma the log of its standard deviation, features x groups, row-major
   * @param rates the lambda of each group
   * @param hyperPrior the prior of lambda
   * @return the term, in nats per data set
   */
  public static double containment(
      double power, float[] mu, float[] logSigma, double[] rates, GammaPrior hyperPrior) {
    double term = 0;
    for (double rate : rates) {
      term -= hyperPrior.logDensity(rate);
    }
    for (int i = 0; i < mu.length; i++) {
      double rate = rates[i % rates.length];
      double entropy = logSigma[i] + 0.5 * Math.log(2 * Math.PI * Math.E);
      double expected = Math.log(rate) - rate * meanRoot(power, mu[i], Math.exp(logSigma[i]));
      term -= entropy + expected;
    }
    return term;
  }

  /**
   * {@return theta, or with bursts v, at its posterior median, features x dispersion groups, as
   * users read it}
   *
   * @param parameters the stored parameters
   * @param schema the keys and their categories, which name the columns
   */
  public LearnedTerms.Term read(Parameters parameters, Schema schema) {
    float[] values = parameters.values(mean());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.exp(values[i]);
    }
    List<String> columns = byGroup() ? schema.names(Purpose.DISPERSION) : LearnedTerms.EVERY_CELL;
    return new LearnedTerms.Term(columns, new FloatMatrix(spec.features(), columns.size(), values));
  }
}
