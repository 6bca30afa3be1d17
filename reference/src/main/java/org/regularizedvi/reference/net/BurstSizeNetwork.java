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

  /** {@return the burst size b of every feature: N x G} */
  Tensor size(Tensor hiddenNH) {
    Tensor logitsNG =
        torch.linear(
            hiddenNH,
            parameters.get(term.headWeight()),
            new TensorOptional(parameters.get(term.headBias())));
    return torch.softplus(logitsNG).add(Tensors.scalar(term.intercept()));
  }
}
