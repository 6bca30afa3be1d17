package org.regularizedvi.reference.net;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/** Decodes the burst sizes of a modality from the same inputs as its decoder. */
final class BurstSizeNetwork {
  private final BurstSize term;
  private final ParameterTensors parameters;
  private final FullyConnected layers;

  BurstSizeNetwork(BurstSize term, ParameterTensors parameters) {
    this.term = term;
    this.parameters = parameters;
    this.layers = new FullyConnected(parameters, term.layers(), term.spec().burstSizeDecoder());
  }

  /** {@return the last hidden layer: N x H} */
  Tensor hidden(Tensor inputsNI, Tensor oneHot) {
    return layers.fromFirstLinear(layers.firstLinear(inputsNI, oneHot), oneHot, Optional.empty());
  }

  /** {@return the weight of the linear map to the features: G x H} */
  Tensor weight() {
    return parameters.get(term.headWeight());
  }

  /** {@return the logits of the burst sizes of some features: N x features} */
  Tensor logits(Tensor hiddenNH, int from, int to) {
    Tensor bias = parameters.get(term.headBias()).narrow(0, from, to - from);
    return torch.linear(hiddenNH, weight().narrow(0, from, to - from), new TensorOptional(bias));
  }

  /** {@return the burst size b of such logits} */
  Tensor size(Tensor logitsNG) {
    return torch.softplus(logitsNG).add(Tensors.scalar(term.intercept()));
  }
}
