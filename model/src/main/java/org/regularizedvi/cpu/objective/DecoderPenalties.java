package org.regularizedvi.cpu.objective;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.shape.NetShape;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * What holds a modality's decoder weights to small values, scalars in double precision.
 *
 * @param weightL2 by the squares of all weights
 * @param covariateL2 by the squares of the first layer's one-hot columns
 * @param hiddenL1 by the absolute values of the hidden layers' weights
 */
public record DecoderPenalties(Tensor weightL2, Tensor covariateL2, Tensor hiddenL1) {
  /**
   * @param scaleSquares sum of squares of the scale decoder's weight, asked for only when it counts
   */
  public static DecoderPenalties of(Modality modality, Supplier<Tensor> scaleSquares) {
    PenaltyConfig config = modality.spec().config().penalties();
    Tensor zero = torch.zeros(new long[0]).to(torch.ScalarType.Double);
    List<Tensor> hidden = hiddenWeights(modality);
    Tensor weightL2 = zero;
    if (config.decoderWeightL2() > 0) {
      Tensor squares = scaleSquares.get();
      for (Tensor weight : hidden) {
        squares = squares.add(weight.square().sum());
      }
      weightL2 = squares.mul(Tensors.scalar(config.decoderWeightL2()));
    }
    Tensor covariateL2 = zero;
    if (config.decoderCovWeightL2() > 0) {
      NetShape shape = modality.spec().decoder();
      Tensor columns = hidden.getFirst().narrow(1, shape.inputs(), shape.oneHot());
      covariateL2 = columns.square().sum().mul(Tensors.scalar(config.decoderCovWeightL2()));
    }
    Tensor hiddenL1 = zero;
    if (config.decoderHiddenL1() > 0) {
      for (Tensor weight : hidden) {
        hiddenL1 = hiddenL1.add(weight.abs().sum().mul(Tensors.scalar(config.decoderHiddenL1())));
      }
    }
    return new DecoderPenalties(weightL2, covariateL2, hiddenL1);
  }

  Tensor sum() {
    return weightL2.add(covariateL2).add(hiddenL1);
  }

  private static List<Tensor> hiddenWeights(Modality modality) {
    return new org.regularizedvi.core.term.DecoderPenalties(modality.spec())
        .hiddenWeights().stream()
            .map(name -> modality.parameters().get(name).to(torch.ScalarType.Double))
            .toList();
  }
}
