package org.regularizedvi.cpu.net;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * One modality: its library encoder, its decoder up to the last hidden layer, and the terms that
 * counts depend on.
 */
public final class Modality {
  private final ModalitySpec spec;
  private final ModalityPriors priors;
  private final ParameterTensors parameters;
  private final Encoder libraryEncoder;
  private final FullyConnected decoder;

  public Modality(ModalitySpec spec, ModalityPriors priors, ParameterTensors parameters) {
    this.spec = spec;
    this.priors = priors;
    this.parameters = parameters;
    libraryEncoder = Encoder.ofLibrary(spec, parameters);
    decoder = new FullyConnected(parameters, new Decoder(spec).layers(), spec.decoder());
  }

  public ModalitySpec spec() {
    return spec;
  }

  /** What its priors took from data. */
  public ModalityPriors priors() {
    return priors;
  }

  public ParameterTensors parameters() {
    return parameters;
  }

  public Encoder libraryEncoder() {
    return libraryEncoder;
  }

  /** What the observed total says of the library size, where the encoder gives only the rest. */
  public Optional<ObservedLibrary> observedLibrary() {
    return spec.residualLibrary()
        ? Optional.of(ObservedLibrary.of(spec, parameters, priors.library()))
        : Optional.empty();
  }

  /** The learned factor on its expected counts, softplus(raw) / 0.7: a scalar, where it has one. */
  public Optional<Tensor> scale() {
    return spec.membership().learnedScale()
        ? Optional.of(
            torch
                .softplus(parameters.get(new ModalityScale(spec).parameter()))
                .div(Tensors.scalar(ScalingFactor.DIVISOR)))
        : Optional.empty();
  }

  /**
   * The log of what expression is multiplied by to give counts: the library size, times this
   * modality's learned factor where it has one.
   *
   * @param libraryN1 log library size
   */
  public Tensor exposure(Tensor libraryN1) {
    return scale().map(scale -> libraryN1.add(scale.log())).orElse(libraryN1);
  }

  /** The decoder's last hidden layer: N x H. */
  public Tensor decoderHidden(Tensor zNK, Covariates covariates) {
    Tensor oneHot = decoderOneHot(covariates);
    return decoder.fromFirstLinear(
        decoder.firstLinear(decoderInputs(zNK, covariates), oneHot), oneHot, Optional.empty());
  }

  /** The one-hot columns that every decoder layer sees: N x columns. */
  Tensor decoderOneHot(Covariates covariates) {
    int[][] codes = covariates.codes(Purpose.NN_CONDITIONING);
    if (spec.generative().useBatchInDecoder()) {
      codes = concatenate(covariates.codes(Purpose.BATCH), codes);
    }
    return OneHot.forNetwork(codes, spec.decoderKeys(), covariates.size());
  }

  /** z with the continuous covariates behind it: N x (K + covariates). */
  Tensor decoderInputs(Tensor zNK, Covariates covariates) {
    if (covariates.continuous().length == 0) {
      return zNK;
    }
    Tensor continuous =
        EncoderInput.continuous(
            covariates.size(), covariates.continuous(), Optional.empty(), Optional.empty());
    return torch.cat(new TensorVector(zNK, continuous), 1);
  }

  private static int[][] concatenate(int[][] first, int[][] second) {
    int[][] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
