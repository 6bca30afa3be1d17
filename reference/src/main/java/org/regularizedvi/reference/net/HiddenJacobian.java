package org.regularizedvi.reference.net;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Holds a decoder's last hidden layer with its exact derivatives by z, outside training: all K
 * columns of the Jacobian go forward through the layers with the values.
 *
 * <pre>
 *   linear      x = W v + b                  x' = W v'
 *   batch norm  x = (v - mean) f + bias      x' = f v'            f = weight / sqrt(variance + eps)
 *   layer norm  x = (v - m(v)) / s           x' = (v' - m(v') - x m(x v')) / s   m: mean over units
 *   ReLU        x = max(v, 0)                x' = v' where v > 0
 * </pre>
 *
 * @param hiddenNH the layer
 * @param jacobianNKH its derivative by each latent dimension
 */
public record HiddenJacobian(Tensor hiddenNH, Tensor jacobianNKH) {
  private static final double LAYER_NORM_EPS = 1e-5;

  /**
   * Computes both for all cells at once: memory follows N K H.
   *
   * @param modality the networks of the modality, at their stored parameters
   * @param zNK the z that all decoders get
   * @param covariates of the same cells
   * @return the last hidden layer and its derivatives
   */
  public static HiddenJacobian of(Modality modality, Tensor zNK, Covariates covariates) {
    return of(
        new Layers(
            modality.parameters(),
            new Decoder(modality.spec()).layers(),
            modality.spec().decoder()),
        modality,
        zNK,
        covariates);
  }

  /**
   * Computes both of the burst size decoder.
   *
   * @param modality the networks of the modality, at their stored parameters
   * @param zNK the z that all decoders get
   * @param covariates of the same cells
   * @return the last hidden layer and its derivatives; empty without bursts
   */
  public static Optional<HiddenJacobian> ofSizes(
      Modality modality, Tensor zNK, Covariates covariates) {
    return BurstSize.of(modality.spec())
        .map(
            term ->
                of(
                    new Layers(
                        modality.parameters(), term.layers(), modality.spec().burstSizeDecoder()),
                    modality,
                    zNK,
                    covariates));
  }

  private static HiddenJacobian of(
      Layers layers, Modality modality, Tensor zNK, Covariates covariates) {
    Tensor oneHot = modality.decoder().oneHot(covariates);
    Tensor inputs = modality.decoder().inputs(zNK, covariates);
    long cells = zNK.size(0);
    long latent = zNK.size(1);
    int hidden = layers.shape.hidden();
    // Behind z stand covariates, whose derivative by z is 0.
    Tensor first = layers.weight(0).narrow(1, 0, latent).t().unsqueeze(0);
    HiddenJacobian state =
        layers.normalised(
            0,
            new HiddenJacobian(
                layers.linear(0, inputs, oneHot), first.expand(cells, latent, hidden)));
    for (int layer = 1; layer < layers.shape.layers(); layer++) {
      Tensor weight = layers.weight(layer).narrow(1, 0, hidden);
      Tensor jacobian = state.jacobianNKH.reshape(cells * latent, hidden).mm(weight.t());
      state =
          layers.normalised(
              layer,
              new HiddenJacobian(
                  layers.linear(layer, state.hiddenNH, oneHot),
                  jacobian.reshape(cells, latent, hidden)));
    }
    return state;
  }

  /** Computes the decoder's layers, read from the parameters. */
  private record Layers(ParameterTensors parameters, String prefix, NetShape shape) {
    Tensor weight(int layer) {
      return parameters.get(StoredNames.linear(prefix, layer, shape) + ".weight");
    }

    Tensor linear(int layer, Tensor inputs, Tensor oneHot) {
      Tensor all = oneHot.size(1) == 0 ? inputs : torch.cat(new TensorVector(inputs, oneHot), 1);
      Tensor bias = parameters.get(StoredNames.linear(prefix, layer, shape) + ".bias");
      return torch.linear(all, weight(layer), new TensorOptional(bias));
    }

    HiddenJacobian normalised(int layer, HiddenJacobian linear) {
      HiddenJacobian state = linear;
      if (shape.batchNorm()) {
        state = batchNorm(StoredNames.batchNorm(prefix, layer, shape), state);
      }
      if (shape.layerNorm()) {
        state = layerNorm(state);
      }
      Tensor active = state.hiddenNH.gt(Tensors.scalar(0)).to(torch.ScalarType.Float);
      return new HiddenJacobian(state.hiddenNH.relu(), state.jacobianNKH.mul(active.unsqueeze(1)));
    }

    private HiddenJacobian batchNorm(String name, HiddenJacobian state) {
      Tensor factor =
          parameters
              .get(name + ".running_var")
              .add(Tensors.scalar(FullyConnected.BATCH_NORM_EPS))
              .rsqrt()
              .mul(parameters.get(name + ".weight"));
      Tensor centred = state.hiddenNH.sub(parameters.get(name + ".running_mean"));
      return new HiddenJacobian(
          centred.mul(factor).add(parameters.get(name + ".bias")), state.jacobianNKH.mul(factor));
    }

    private HiddenJacobian layerNorm(HiddenJacobian state) {
      Tensor centred = state.hiddenNH.sub(state.hiddenNH.mean(1).unsqueeze(1));
      Tensor variance = centred.square().mean(1).unsqueeze(1);
      Tensor inverse = variance.add(Tensors.scalar(LAYER_NORM_EPS)).rsqrt();
      Tensor xNH = centred.mul(inverse);
      Tensor jacobian = state.jacobianNKH;
      Tensor alongX =
          jacobian.matmul(xNH.unsqueeze(2)).div(Tensors.scalar(shape.hidden())); // N x K x 1
      Tensor moved =
          jacobian
              .sub(jacobian.mean(2).unsqueeze(2))
              .sub_(alongX.mul(xNH.unsqueeze(1)))
              .mul_(inverse.unsqueeze(1));
      return new HiddenJacobian(xNH, moved);
    }
  }
}
