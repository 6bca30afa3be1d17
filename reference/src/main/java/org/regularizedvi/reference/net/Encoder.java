package org.regularizedvi.reference.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.EncoderHeadStart;
import org.regularizedvi.core.shape.EncoderPart;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.term.LatentSharing;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.OneHot;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Encodes cells of one or several modalities by layers and two linear heads, which give
 * Normal(mean, variance exp(head) + 1e-4), or softplus in place of the exponential.
 */
public final class Encoder {
  private final ParameterTensors parameters;
  private final String prefix;
  private final FullyConnected layers;
  private final Draw.Kind dropoutKind;
  private final List<EncoderPart> parts;
  private final int[] oneHotKeys;
  private final boolean softplusVariance;

  private Encoder(
      ParameterTensors parameters,
      String prefix,
      NetShape shape,
      Draw.Kind dropoutKind,
      List<ModalitySpec> modalities) {
    this.parameters = parameters;
    this.prefix = prefix;
    this.layers = new FullyConnected(parameters, StoredNames.encoderLayers(prefix), shape);
    this.dropoutKind = dropoutKind;
    this.oneHotKeys = modalities.getFirst().categories().encoder();
    this.softplusVariance =
        modalities.getFirst().config().starts().encoders().useSoftplusVarActivation();
    List<EncoderPart> all = new ArrayList<>();
    int column = 0;
    for (ModalitySpec spec : modalities) {
      int next = column + spec.features() + spec.categories().continuous();
      all.add(new EncoderPart(spec.index(), spec.features(), column, next));
      column = next;
    }
    this.parts = List.copyOf(all);
  }

  /** {@return the encoder of a modality's own part of z} */
  static Encoder ofLatent(ModalitySpec spec, ParameterTensors parameters) {
    return new Encoder(
        parameters,
        spec.names().latentEncoder(),
        spec.encoder(),
        Draw.Kind.LATENT_DROPOUT,
        List.of(spec));
  }

  static Encoder ofLibrary(ModalitySpec spec, ParameterTensors parameters) {
    return new Encoder(
        parameters,
        spec.names().libraryEncoder(),
        spec.libraryEncoder(),
        Draw.Kind.LIBRARY_DROPOUT,
        List.of(spec));
  }

  /** {@return the encoder of the logarithms of the scales of a modality's z} */
  static Encoder ofScales(LatentShrinkage own, ParameterTensors parameters) {
    return new Encoder(
        parameters, own.encoder(), own.layers(), Draw.Kind.HORSESHOE_DROPOUT, List.of(own.spec()));
  }

  /** {@return the encoder of z that sees all modalities} */
  static Encoder joint(NetworkSpec spec, ParameterTensors parameters) {
    return new Encoder(
        parameters,
        LatentSharing.ENCODER,
        spec.jointEncoder(),
        Draw.Kind.LATENT_DROPOUT,
        spec.modalities());
  }

  /** {@return what it sees of each modality, in the order of its first weight's columns} */
  public List<EncoderPart> parts() {
    return parts;
  }

  /** {@return the places of the modalities that it sees} */
  public List<Integer> modalities() {
    return parts.stream().map(EncoderPart::modality).toList();
  }

  /** {@return the place of the modality that its draws are named by, the first that it sees} */
  public int index() {
    return parts.getFirst().modality();
  }

  /**
   * {@return the stored name of the weight that multiplies the counts: H x (the parts' G +
   * covariates, then one-hot columns)}
   */
  public String firstWeight() {
    return layers.firstWeight();
  }

  /**
   * {@return the one-hot columns that every layer sees: N x columns, none by default}
   *
   * @param covariates of the cells
   */
  public Tensor oneHot(Covariates covariates) {
    return OneHot.forNetwork(covariates.codes(Purpose.ENCODER), oneHotKeys, covariates.size());
  }

  /**
   * {@return the first linear map done with a dense copy of the input: N x H}
   *
   * @param minibatch the cells, with their counts and covariates
   * @param oneHot the columns of {@link #oneHot}
   * @param training the step's noise, present in training alone, when dropout is on
   */
  public Tensor firstLinear(Minibatch minibatch, Tensor oneHot, Optional<Noise> training) {
    Tensor[] inputs = new Tensor[parts.size()];
    for (int p = 0; p < inputs.length; p++) {
      EncoderPart part = parts.get(p);
      inputs[p] =
          EncoderInput.of(
                  minibatch.counts().get(part.modality()),
                  minibatch.covariates().continuous(),
                  inputDropout(part),
                  training)
              .dense();
    }
    Tensor input = inputs.length == 1 ? inputs[0] : torch.cat(new TensorVector(inputs), 1);
    return layers.firstLinear(input, oneHot);
  }

  /**
   * {@return the distribution that the layers and heads give for the result of the first linear
   * map: N x K}
   *
   * @param firstNH the result of the first linear map
   * @param oneHot the columns of {@link #oneHot}
   * @param training the step's noise, present in training alone, when dropout is on
   */
  public NormalPosterior posterior(Tensor firstNH, Tensor oneHot, Optional<Noise> training) {
    Tensor hNH = layers.fromFirstLinear(firstNH, oneHot, training.map(this::dropout));
    Tensor a = head("var_encoder", hNH);
    Tensor variance = softplusVariance ? torch.softplus(a) : a.exp();
    return new NormalPosterior(
        head("mean_encoder", hNH), variance.add(Tensors.scalar(EncoderHeadStart.LEAST_VARIANCE)));
  }

  /**
   * {@return the dropout of a part of this encoder's input; empty when the input is not what
   * dropout drops}
   *
   * @param part one of {@link #parts}
   */
  public Optional<InputDropout> inputDropout(EncoderPart part) {
    if (!layers.shape().dropoutOnInput() || layers.shape().dropoutRate() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new InputDropout(
            layers.shape().dropoutRate(),
            Draw.of(dropoutKind, part.modality()),
            Draw.of(dropoutKind.ofCovariates(), part.modality())));
  }

  /** {@return the sizes and options of its stack of layers} */
  public NetShape shape() {
    return layers.shape();
  }

  private Dropout dropout(Noise noise) {
    return new Dropout(layers.shape().dropoutRate(), dropoutKind, index(), noise);
  }

  private Tensor head(String name, Tensor hNH) {
    return torch.linear(
        hNH,
        parameters.get(prefix + "." + name + ".weight"),
        new TensorOptional(parameters.get(prefix + "." + name + ".bias")));
  }
}
