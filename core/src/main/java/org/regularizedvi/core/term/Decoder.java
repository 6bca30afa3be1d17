package org.regularizedvi.core.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.counts.CountSummary;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.kernel.special.Softplus;

/**
 * Describes the decoder of a modality: from z and the covariates through hidden layers to the scale
 * rho, which is softplus or softmax of {@code px_scale_decoder}, a linear map to the features.
 *
 * @param spec the modality
 */
public record Decoder(ModalitySpec spec) {
  /** The least mean that a bias starts at, in counts of an average cell. */
  private static final double LEAST_COUNT = 0.01;

  /** The share of a feature's mean expression that is taken for native at least. */
  private static final double LEAST_NATIVE = 0.05;

  /** {@return the stored prefix of the hidden layers} */
  public String layers() {
    return spec.names().decoder() + ".px_decoder.fc_layers";
  }

  /**
   * {@return the name of the stored weight of one hidden layer, units x inputs}
   *
   * @param layer the place of the layer, from 0
   */
  public String hiddenWeight(int layer) {
    return StoredNames.linear(layers(), layer, spec.decoder()) + ".weight";
  }

  /**
   * {@return the name of the stored weight of the linear map to the features, features x hidden
   * units}
   */
  public String scaleWeight() {
    return scale() + ".weight";
  }

  /**
   * {@return the name of the stored bias of the linear map to the features, one number per feature}
   */
  public String scaleBias() {
    return scale() + ".bias";
  }

  private String scale() {
    return spec.names().decoder() + ".px_scale_decoder.0";
  }

  /**
   * Declares the stored tensors, with two linear maps that nothing uses, so that models of the
   * Python package travel.
   *
   * @param starts where {@code px_scale_decoder} starts
   * @return the tensors, in the order in which they are stored
   */
  public List<ParameterSpec> stored(HeadStart starts) {
    LayerTensors trained = LayerTensors.trained(spec);
    LayerTensors unused = new LayerTensors(Role.UNUSED, trained.lrMultiplier());
    String prefix = spec.names().decoder();
    NetShape shape = spec.decoder();
    Start bias = starts.biasOr(LayerTensors.uniform(shape.hidden()));
    List<ParameterSpec> all = new ArrayList<>();
    all.addAll(trained.stack(layers(), shape, spec.decoderKeys()));
    all.add(
        trained.one(scaleWeight(), starts.weight(shape.hidden()), spec.features(), shape.hidden()));
    all.add(trained.one(scaleBias(), bias, spec.features()));
    all.addAll(unused.linear(prefix + ".px_r_decoder", spec.features(), shape.hidden()));
    all.addAll(unused.linear(prefix + ".px_dropout_decoder", spec.features(), shape.hidden()));
    return all;
  }

  /**
   * {@return where {@code px_scale_decoder} starts}
   *
   * @param summary the sums over the counts
   * @param shares what they say of each feature's variance, where dispersions start from data
   * @param bursts where bursts start, if there are any
   * @param ambientG what of each feature's mean expression is ambient, where that was measured
   */
  public HeadStart start(
      CountSummary summary,
      Optional<VarianceShares> shares,
      Optional<BurstStart> bursts,
      Optional<double[]> ambientG) {
    OptionalDouble fraction = spec.config().starts().variance().decoderFraction();
    return new HeadStart(
        bursts.map(BurstStart::frequencyBias).or(() -> startBias(summary, ambientG)),
        shares.filter(_ -> fraction.isPresent()).map(own -> own.factors(fraction.getAsDouble())));
  }

  /**
   * Computes where the bias of {@code px_scale_decoder} starts without bursts: where rho is each
   * feature's mean expression over the cells, or over the top hundredth of them, less what of it is
   * known to be ambient.
   *
   * @param summary the sums over the counts
   * @param ambientG what is known to be ambient
   * @return one number per feature; empty when the bias does not start from data
   */
  private Optional<float[]> startBias(CountSummary summary, Optional<double[]> ambientG) {
    DecoderBias kind = spec.config().starts().initDecoderBias();
    if (kind == DecoderBias.NONE) {
      return Optional.empty();
    }
    LibrarySize library = new LibrarySize(spec);
    double unit = library.unit(summary) * spec.config().starts().values().decoderBiasMultiplier();
    double least = library.centred(summary) ? LEAST_COUNT : LEAST_COUNT / summary.meanSize();
    boolean softplus = spec.generative().scaleActivation() == ScaleActivation.SOFTPLUS;
    float[] bias = new float[spec.features()];
    for (int g = 0; g < bias.length; g++) {
      double share =
          kind == DecoderBias.TOPN
              ? summary.top().orElseThrow().mean(g)
              : summary.shares()[g] / summary.cells();
      int gene = g;
      double all = share * unit;
      double own =
          ambientG.map(known -> Math.max(all - known[gene], LEAST_NATIVE * all)).orElse(all);
      double rho = Math.max(own, least);
      bias[g] = (float) (softplus ? Softplus.inverse(rho) : Math.log(rho));
    }
    return Optional.of(bias);
  }
}
