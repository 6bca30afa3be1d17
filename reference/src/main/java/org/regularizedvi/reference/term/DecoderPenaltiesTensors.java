package org.regularizedvi.reference.term;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Holds the penalties that keep a modality's decoder weights small: scalars in double precision.
 *
 * @param weightL2 by the squares of all weights
 * @param covariateL2 by the squares of the first layer's one-hot columns
 * @param latentL2 by the squares of all weights but those
 * @param hiddenL1 by the absolute values of the hidden layers' weights
 */
public record DecoderPenaltiesTensors(
    Tensor weightL2, Tensor covariateL2, Tensor latentL2, Tensor hiddenL1) {
  /**
   * Computes the penalties of a modality.
   *
   * @param term the factors of the penalties, and the stored names of the weights
   * @param parameters of the whole model
   * @param scaleSquaresG for each feature the sum of squares of the scale decoder's weights, asked
   *     for only when it counts
   * @return the penalties; one whose factor is 0 is 0
   */
  public static DecoderPenaltiesTensors of(
      DecoderPenalties term, ParameterTensors parameters, Supplier<Tensor> scaleSquaresG) {
    PenaltyConfig factors = term.factors();
    List<Tensor> hidden =
        term.hiddenWeights().stream()
            .map(name -> parameters.get(name).to(torch.ScalarType.Double))
            .toList();
    Tensor zero = torch.zeros(new long[0]).to(torch.ScalarType.Double);
    Tensor all = zero;
    for (Tensor weight : hidden) {
      all = all.add(weight.square().sum());
    }
    Tensor scale = zero;
    Tensor relative = zero;
    if (term.latentL2() > 0) {
      Tensor squaresG = scaleSquaresG.get();
      scale = squaresG.sum();
      relative = term.widthG().map(own -> relative(squaresG, own)).orElse(scale);
    }
    Tensor columns =
        hidden
            .getFirst()
            .narrow(1, term.firstCovariateColumn(), term.covariateColumns())
            .square()
            .sum();
    Tensor absolute = zero;
    for (Tensor weight : hidden) {
      absolute = absolute.add(weight.abs().sum());
    }
    return new DecoderPenaltiesTensors(
        all.add(scale).mul(Tensors.scalar(factors.decoderWeightL2())),
        columns.mul(Tensors.scalar(factors.decoderCovWeightL2())),
        all.sub(columns).add(relative).mul(Tensors.scalar(term.ofLatent())),
        absolute.mul(Tensors.scalar(factors.decoderHiddenL1())));
  }

  /** {@return the sum of squares, each over the square of its feature's width} */
  private static Tensor relative(Tensor squaresG, float[] widthG) {
    Tensor width = Tensors.of(widthG, widthG.length).to(torch.ScalarType.Double);
    return squaresG.div(width.square()).sum();
  }

  /** {@return all penalties added up} */
  public Tensor sum() {
    return weightL2.add(covariateL2).add(latentL2).add(hiddenL1);
  }
}
