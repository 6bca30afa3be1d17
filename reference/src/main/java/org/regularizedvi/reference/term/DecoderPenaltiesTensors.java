package org.regularizedvi.reference.term;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Holds the penalties that keep a modality's decoder weights small: scalars in double precision.
 *
 * @param weightL2 by the squares of all weights
 * @param covariateL2 by the squares of the first layer's one-hot columns
 * @param hiddenL1 by the absolute values of the hidden layers' weights
 */
public record DecoderPenaltiesTensors(Tensor weightL2, Tensor covariateL2, Tensor hiddenL1) {
  /**
   * Computes the penalties of a modality.
   *
   * @param term the factors of the penalties, and the stored names of the weights
   * @param parameters of the whole model
   * @param scaleSquares sum of squares of the scale decoder's weight, asked for only when it counts
   * @return the penalties; one whose factor is 0 is 0
   */
  public static DecoderPenaltiesTensors of(
      DecoderPenalties term, ParameterTensors parameters, Supplier<Tensor> scaleSquares) {
    double l1 = term.factors().decoderHiddenL1();
    Tensor zero = torch.zeros(new long[0]).to(torch.ScalarType.Double);
    List<Tensor> hidden =
        term.hiddenWeights().stream()
            .map(name -> parameters.get(name).to(torch.ScalarType.Double))
            .toList();
    Tensor weightL2 = zero;
    if (term.weightL2() > 0) {
      Tensor squares = scaleSquares.get();
      for (Tensor weight : hidden) {
        squares = squares.add(weight.square().sum());
      }
      weightL2 = squares.mul(Tensors.scalar(term.weightL2()));
    }
    Tensor covariateL2 = zero;
    if (term.covariateL2() != 0) {
      Tensor columns =
          hidden.getFirst().narrow(1, term.firstCovariateColumn(), term.covariateColumns());
      covariateL2 = columns.square().sum().mul(Tensors.scalar(term.covariateL2()));
    }
    Tensor hiddenL1 = zero;
    if (l1 > 0) {
      for (Tensor weight : hidden) {
        hiddenL1 = hiddenL1.add(weight.abs().sum().mul(Tensors.scalar(l1)));
      }
    }
    return new DecoderPenaltiesTensors(weightL2, covariateL2, hiddenL1);
  }

  /** {@return all penalties added up} */
  public Tensor sum() {
    return weightL2.add(covariateL2).add(hiddenL1);
  }
}
