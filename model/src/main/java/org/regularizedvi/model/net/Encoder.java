package org.regularizedvi.model.net;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.model.torch.Tensors;

/** An encoder: layers and two linear heads, giving Normal(mean, variance exp(head) + 1e-4). */
public final class Encoder {
  private static final double LEAST_VARIANCE = 1e-4;

  private final Parameters parameters;
  private final String prefix;
  private final FullyConnected layers;
  private final Draw.Kind dropoutKind;
  private final int modality;

  Encoder(
      Parameters parameters, String prefix, NetShape shape, Draw.Kind dropoutKind, int modality) {
    this.parameters = parameters;
    this.prefix = prefix;
    this.layers = new FullyConnected(parameters, StoredNames.encoderLayers(prefix), shape);
    this.dropoutKind = dropoutKind;
    this.modality = modality;
  }

  /**
   * The stored name of the weight that multiplies the counts: H x (G + covariates + one-hot
   * columns).
   */
  public String firstWeight() {
    return layers.firstWeight();
  }

  public String firstBias() {
    return layers.firstBias();
  }

  /**
   * What this encoder sees of counts and continuous covariates; {@code noise} present in training.
   */
  public EncoderInput input(SparseRows counts, float[][] continuous, Optional<Noise> noise) {
    return EncoderInput.of(counts, continuous, inputDropout(), noise);
  }

  /** The first linear map done with a dense copy of the input: N x H. */
  public Tensor firstLinear(EncoderInput input, Tensor oneHot) {
    return layers.firstLinear(input.dense(), oneHot);
  }

  /** The posterior, from the result of the first linear map. */
  public NormalPosterior posterior(Tensor firstNH, Tensor oneHot, Optional<Noise> noise) {
    Tensor hNH = layers.fromFirstLinear(firstNH, oneHot, noise.map(this::dropout));
    Tensor variance = head("var_encoder", hNH).exp().add(Tensors.scalar(LEAST_VARIANCE));
    return new NormalPosterior(head("mean_encoder", hNH), variance);
  }

  /** The continuous covariates as this encoder sees them; {@code noise} present in training. */
  public Tensor continuousInput(int cells, float[][] continuous, Optional<Noise> noise) {
    return EncoderInput.continuous(cells, continuous, inputDropout(), noise);
  }

  /** The dropout of this encoder's input, when it has one. */
  public Optional<InputDropout> inputDropout() {
    if (!layers.shape().dropoutOnInput() || layers.shape().dropoutRate() == 0) {
      return Optional.empty();
    }
    Draw.Kind covariates =
        dropoutKind == Draw.Kind.LATENT_DROPOUT
            ? Draw.Kind.LATENT_COVARIATE_DROPOUT
            : Draw.Kind.LIBRARY_COVARIATE_DROPOUT;
    return Optional.of(
        new InputDropout(
            layers.shape().dropoutRate(),
            Draw.of(dropoutKind, modality),
            Draw.of(covariates, modality)));
  }

  /** Stack of layers: sizes and options. */
  public NetShape shape() {
    return layers.shape();
  }

  private Dropout dropout(Noise noise) {
    return new Dropout(layers.shape().dropoutRate(), dropoutKind, modality, noise);
  }

  private Tensor head(String name, Tensor hNH) {
    return torch.linear(
        hNH,
        parameters.get(prefix + "." + name + ".weight"),
        new TensorOptional(parameters.get(prefix + "." + name + ".bias")));
  }
}
