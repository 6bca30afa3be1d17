package org.regularizedvi.reference.net;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Computes a stack of layers: [dropout] -> linear, with the one-hot columns appended -> [batch
 * norm] -> [layer norm] -> ReLU -> [dropout].
 *
 * <p>The first linear map may be done elsewhere (over sparse counts): {@link #fromFirstLinear} goes
 * on from its result.
 */
final class FullyConnected {
  private static final double BATCH_NORM_MOMENTUM = 0.01;
  static final double BATCH_NORM_EPS = 0.001;

  private final ParameterTensors parameters;
  private final String prefix;
  private final NetShape shape;

  FullyConnected(ParameterTensors parameters, String prefix, NetShape shape) {
    this.parameters = parameters;
    this.prefix = prefix;
    this.shape = shape;
  }

  NetShape shape() {
    return shape;
  }

  String firstWeight() {
    return StoredNames.linear(prefix, 0, shape) + ".weight";
  }

  /**
   * {@return the first linear map, of an input that dropout has already thinned: N x inputs -> N x
   * H}
   */
  Tensor firstLinear(Tensor inputs, Tensor oneHot) {
    return linear(0, inputs, oneHot);
  }

  /**
   * {@return the last layer, computed from the result of the first linear map: N x H}
   *
   * @param dropout absent outside training
   */
  Tensor fromFirstLinear(Tensor firstNH, Tensor oneHot, Optional<Dropout> dropout) {
    boolean training = dropout.isPresent();
    Tensor hNH = drop(0, normalise(0, firstNH, training), dropout, false);
    for (int layer = 1; layer < shape.layers(); layer++) {
      hNH = drop(layer, hNH, dropout, true);
      hNH = normalise(layer, linear(layer, hNH, oneHot), training);
      hNH = drop(layer, hNH, dropout, false);
    }
    return hNH;
  }

  private Tensor normalise(int layer, Tensor linear, boolean training) {
    Tensor xNH = linear;
    if (shape.batchNorm()) {
      String norm = StoredNames.batchNorm(prefix, layer, shape);
      boolean collecting =
          training && parameters.spec(norm + ".running_mean").role() == Role.STATISTIC;
      xNH =
          torch.batch_norm(
              xNH,
              new TensorOptional(parameters.get(norm + ".weight")),
              new TensorOptional(parameters.get(norm + ".bias")),
              new TensorOptional(parameters.get(norm + ".running_mean")),
              new TensorOptional(parameters.get(norm + ".running_var")),
              collecting,
              BATCH_NORM_MOMENTUM,
              BATCH_NORM_EPS,
              false);
    }
    if (shape.layerNorm()) {
      xNH = torch.layer_norm(xNH, (long) shape.hidden());
    }
    return xNH.relu();
  }

  private Tensor drop(int layer, Tensor x, Optional<Dropout> dropout, boolean onInput) {
    if (dropout.isEmpty() || shape.dropoutRate() == 0 || shape.dropoutOnInput() != onInput) {
      return x;
    }
    return x.mul(dropout.get().factors(layer, (int) x.size(0), (int) x.size(1)));
  }

  private Tensor linear(int layer, Tensor inputs, Tensor oneHot) {
    String name = StoredNames.linear(prefix, layer, shape);
    Tensor all = oneHot.size(1) == 0 ? inputs : torch.cat(new TensorVector(inputs, oneHot), 1);
    return torch.linear(
        all, parameters.get(name + ".weight"), new TensorOptional(parameters.get(name + ".bias")));
  }
}
