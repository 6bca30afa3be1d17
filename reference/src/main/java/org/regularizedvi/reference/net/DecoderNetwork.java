package org.regularizedvi.reference.net;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.reference.torch.OneHot;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Decodes cells of a modality: from z through the hidden layers to the scale rho. With bursts, the
 * last hidden layer of the burst size decoder stands right of the decoder's own.
 */
public final class DecoderNetwork {
  private final Decoder term;
  private final ParameterTensors parameters;
  private final FullyConnected layers;
  private final Optional<BurstSizeNetwork> sizes;

  DecoderNetwork(Decoder term, ParameterTensors parameters) {
    this.term = term;
    this.parameters = parameters;
    this.layers = new FullyConnected(parameters, term.layers(), term.spec().decoder());
    this.sizes = BurstSize.of(term.spec()).map(own -> new BurstSizeNetwork(own, parameters));
  }

  /**
   * {@return the last hidden layer, with bursts those of both decoders side by side: N x H}
   *
   * @param zNK the z that all decoders get
   * @param covariates of the same cells: continuous ones join z, categories become one-hot columns
   */
  public Tensor hidden(Tensor zNK, Covariates covariates) {
    Tensor oneHot = oneHot(covariates);
    Tensor inputsNI = inputs(zNK, covariates);
    Tensor firstNH = layers.firstLinear(inputsNI, oneHot);
    Tensor ownNH = layers.fromFirstLinear(firstNH, oneHot, Optional.empty());
    return sizes
        .map(own -> torch.cat(new TensorVector(ownNH, own.hidden(inputsNI, oneHot)), 1))
        .orElse(ownNH);
  }

  /** {@return the number of columns of the last hidden layer, with bursts of both decoders'} */
  public int hiddenColumns() {
    ModalitySpec spec = term.spec();
    return spec.decoder().hidden() + (sizes.isPresent() ? spec.burstSizeDecoder().hidden() : 0);
  }

  /** {@return the one-hot columns that every layer sees: N x columns} */
  Tensor oneHot(Covariates covariates) {
    int[][] codes = covariates.codes(Purpose.NN_CONDITIONING);
    if (term.spec().generative().useBatchInDecoder()) {
      codes = concatenate(covariates.codes(Purpose.BATCH), codes);
    }
    return OneHot.forNetwork(codes, term.spec().decoderKeys(), covariates.size());
  }

  /** z with the continuous covariates behind it: N x (K + covariates). */
  Tensor inputs(Tensor zNK, Covariates covariates) {
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

  /** {@return the weight of the linear map to the features: G x H} */
  public Tensor scaleWeight() {
    return parameters.get(term.scaleWeight());
  }

  /** {@return the sum of squares of each feature's weights: G, in double precision} */
  public Tensor scaleSquaresG() {
    return scaleWeight().to(torch.ScalarType.Double).square().sum(1);
  }

  /** {@return the bias of the linear map to the features: G} */
  public Tensor scaleBias() {
    return parameters.get(term.scaleBias());
  }

  /** {@return the weight of the linear map to the burst sizes: G x H; empty without bursts} */
  public Optional<Tensor> sizeWeight() {
    return sizes.map(BurstSizeNetwork::weight);
  }

  /**
   * {@return the logits that softplus or softmax is taken of: N x G}
   *
   * @param hiddenNH the last hidden layer
   */
  public Tensor logits(Tensor hiddenNH) {
    return logits(hiddenNH, 0, term.spec().features());
  }

  /**
   * {@return the logits of some features: N x features}
   *
   * @param hiddenNH the last hidden layer
   * @param from place of the first feature
   * @param to the place after that of the last
   */
  public Tensor logits(Tensor hiddenNH, int from, int to) {
    Tensor ownNH = hiddenNH.narrow(1, 0, term.spec().decoder().hidden());
    Tensor bias = scaleBias().narrow(0, from, to - from);
    return torch.linear(ownNH, scaleWeight().narrow(0, from, to - from), new TensorOptional(bias));
  }

  /**
   * {@return the logits of the burst sizes of some features: N x features; empty without bursts}
   *
   * @param hiddenNH the last hidden layer
   * @param from place of the first feature
   * @param to the place after that of the last
   */
  public Optional<Tensor> sizeLogits(Tensor hiddenNH, int from, int to) {
    int before = term.spec().decoder().hidden();
    return sizes.map(
        own -> own.logits(hiddenNH.narrow(1, before, hiddenColumns() - before), from, to));
  }

  /**
   * {@return the burst size b of some features: N x features; empty without bursts}
   *
   * @param hiddenNH the last hidden layer
   * @param from place of the first feature
   * @param to the place after that of the last
   */
  public Optional<Tensor> sizes(Tensor hiddenNH, int from, int to) {
    return sizeLogits(hiddenNH, from, to).map(logits -> sizes.orElseThrow().size(logits));
  }

  /**
   * {@return the burst size b of every feature: N x G; empty without bursts}
   *
   * @param hiddenNH the last hidden layer
   */
  public Optional<Tensor> sizes(Tensor hiddenNH) {
    return sizes(hiddenNH, 0, term.spec().features());
  }

  /** {@return whether rho is a softmax over the features, and not softplus} */
  public boolean softmax() {
    return term.spec().generative().scaleActivation() == ScaleActivation.SOFTMAX;
  }

  /**
   * {@return rho, the expression of every feature, never negative, with bursts f b: N x G}
   *
   * @param hiddenNH the last hidden layer
   */
  public Tensor scale(Tensor hiddenNH) {
    Tensor logitsNG = logits(hiddenNH);
    Tensor rhoNG = softmax() ? logitsNG.softmax(1) : torch.softplus(logitsNG);
    return sizes(hiddenNH).map(rhoNG::mul).orElse(rhoNG);
  }
}
