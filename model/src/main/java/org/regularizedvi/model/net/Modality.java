package org.regularizedvi.model.net;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.data.schema.Purpose;
import org.regularizedvi.model.prior.LibraryPrior;

/**
 * One modality: its encoders, its decoder up to the last hidden layer, and the terms that counts
 * depend on.
 */
public final class Modality {
  private final ModalitySpec spec;
  private final Parameters parameters;
  private final Encoder latentEncoder;
  private final Encoder libraryEncoder;
  private final FullyConnected decoder;

  public Modality(ModalitySpec spec, Parameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    int index = spec.index();
    latentEncoder =
        new Encoder(
            parameters,
            spec.names().latentEncoder(),
            spec.encoder(),
            Draw.Kind.LATENT_DROPOUT,
            index);
    libraryEncoder =
        new Encoder(
            parameters,
            spec.names().libraryEncoder(),
            spec.libraryEncoder(),
            Draw.Kind.LIBRARY_DROPOUT,
            index);
    decoder = new FullyConnected(parameters, spec.names().decoderLayers(), spec.decoder());
  }

  public ModalitySpec spec() {
    return spec;
  }

  public Parameters parameters() {
    return parameters;
  }

  public Encoder latentEncoder() {
    return latentEncoder;
  }

  public Encoder libraryEncoder() {
    return libraryEncoder;
  }

  /** What the observed total says of the library size, where the encoder gives only the rest. */
  public Optional<ObservedLibrary> observedLibrary(LibraryPrior prior) {
    return spec.residualLibrary()
        ? Optional.of(ObservedLibrary.of(spec.names(), parameters, prior))
        : Optional.empty();
  }

  /** The one-hot columns that every encoder layer sees: N x columns, none by default. */
  public Tensor encoderOneHot(Covariates covariates) {
    return OneHot.forNetwork(
        covariates.codes(Purpose.ENCODER), spec.categories().encoder(), covariates.size());
  }

  /** q(z|x) of a minibatch, with a dense first layer. */
  public NormalPosterior encode(
      Encoder encoder, SparseRows counts, Covariates covariates, Optional<Noise> noise) {
    Tensor oneHot = encoderOneHot(covariates);
    EncoderInput input = encoder.input(counts, covariates.continuous(), noise);
    return encoder.posterior(encoder.firstLinear(input, oneHot), oneHot, noise);
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
