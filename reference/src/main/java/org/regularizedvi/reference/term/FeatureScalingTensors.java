package org.regularizedvi.reference.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.reference.torch.OneHot;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Computes the feature scaling of a modality.
 *
 * @param term its stored parameter and its prior
 * @param parameters of the whole model
 */
public record FeatureScalingTensors(FeatureScaling term, ParameterTensors parameters) {
  /**
   * {@return the scaling of a modality; empty when it has none}
   *
   * @param spec the place, options and names of the modality
   * @param parameters of the whole model
   */
  public static Optional<FeatureScalingTensors> of(ModalitySpec spec, ParameterTensors parameters) {
    return FeatureScaling.of(spec).map(term -> new FeatureScalingTensors(term, parameters));
  }

  private Tensor rawCG() {
    return parameters.get(term.parameter());
  }

  /** {@return y of every scaling category: C x G; one row where there is no scaling key} */
  public Tensor byCategoryCG() {
    return ScalingFactorTensors.of(rawCG());
  }

  /**
   * {@return y of every cell: N x G, or 1 x G when one row serves all cells}
   *
   * @param covariates of the cells, of which only the scaling categories count
   */
  public Tensor of(Covariates covariates) {
    int[] sizes = term.spec().categories().scaling();
    return sizes.length == 0
        ? byCategoryCG()
        : OneHot.ofCategories(covariates.codes(Purpose.FEATURE_SCALING), sizes, covariates.size())
            .mm(byCategoryCG());
  }

  /** {@return minus the log density of the prior: a scalar in double precision, nats} */
  public Tensor prior() {
    return GammaPriorTensors.negativeLogDensity(
        term.prior(), ScalingFactorTensors.of(rawCG().to(torch.ScalarType.Double)));
  }
}
