package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Start;

/**
 * Describes the decoder of burst sizes: a second decoder of z and the covariates, whose last linear
 * map gives c and with it the burst size b of each feature. The first decoder's rho is then the
 * burst frequency f, and what a feature is expressed by is f b.
 *
 * <pre>
 *   b = softplus(c) + intercept      mu = exp(l) (f b + s) y
 *   variance = (exp(l) y)^2 f b^2 + v      x ~ GammaPoisson(shape mu^2 / (variance + 1e-8), mean mu)
 * </pre>
 *
 * <p>with v the technical variance, which {@link InverseDispersion} then describes.
 *
 * @param spec a modality whose decoder gives bursts
 */
public record BurstSize(ModalitySpec spec) {
  /**
   * {@return the burst size decoder of a modality; empty where its decoder gives expression}
   *
   * @param spec the modality
   */
  public static Optional<BurstSize> of(ModalitySpec spec) {
    return spec.generative().bursts() ? Optional.of(new BurstSize(spec)) : Optional.empty();
  }

  /** {@return the stored prefix of the hidden layers} */
  public String layers() {
    return spec.names().decoder() + ".burst_size_decoder.fc_layers";
  }

  /**
   * {@return the name of the stored weight of the linear map to the features, features x hidden
   * units}
   */
  public String headWeight() {
    return head() + ".weight";
  }

  /**
   * {@return the name of the stored bias of the linear map to the features, one number per feature}
   */
  public String headBias() {
    return head() + ".bias";
  }

  private String head() {
    return spec.names().decoder() + ".burst_size_head.0";
  }

  /** {@return the least burst size, above 0: {@code burst_size_intercept}} */
  public double intercept() {
    return spec.generative().decoder().burstSizeIntercept();
  }

  /**
   * {@return where the linear map to the features starts}
   *
   * @param shares what the data say of each feature's variance, where dispersions start from data
   * @param bursts where bursts start, if data say so
   */
  public HeadStart headStart(Optional<VarianceShares> shares, Optional<BurstStart> bursts) {
    OptionalDouble fraction = spec.config().starts().variance().burstSizeFraction();
    return new HeadStart(
        bursts.map(BurstStart::sizeBias),
        shares.filter(_ -> fraction.isPresent()).map(own -> own.factors(fraction.getAsDouble())));
  }

  /**
   * {@return where bursts start by the method of moments}
   *
   * @param shares what the data say of each feature's variance
   * @param typicalSize what expression is multiplied by to give the counts of a typical cell
   */
  public BurstStart start(VarianceShares shares, double typicalSize) {
    return BurstStart.of(shares, typicalSize, intercept());
  }

  /**
   * Declares the stored tensors.
   *
   * @param starts where the linear map to the features starts
   * @return the tensors, in the order in which they are stored
   */
  public List<ParameterSpec> stored(HeadStart starts) {
    LayerTensors trained = LayerTensors.trained(spec);
    NetShape shape = spec.burstSizeDecoder();
    List<ParameterSpec> all = new ArrayList<>();
    all.addAll(trained.stack(layers(), shape, spec.decoderKeys()));
    Start bias = starts.biasOr(LayerTensors.uniform(shape.hidden()));
    all.add(
        trained.one(headWeight(), starts.weight(shape.hidden()), spec.features(), shape.hidden()));
    all.add(trained.one(headBias(), bias, spec.features()));
    return all;
  }
}
