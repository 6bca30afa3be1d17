package org.regularizedvi.reference.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.reference.torch.OneHot;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Computes the additive background of a modality.
 *
 * @param term its stored parameter and its prior
 * @param parameters of the whole model
 */
public record AdditiveBackgroundTensors(AdditiveBackground term, ParameterTensors parameters) {
  /**
   * {@return the background of a modality; empty when it has none}
   *
   * @param spec the place, options and names of the modality
   * @param parameters of the whole model
   */
  public static Optional<AdditiveBackgroundTensors> of(
      ModalitySpec spec, ParameterTensors parameters) {
    return AdditiveBackground.of(spec).map(term -> new AdditiveBackgroundTensors(term, parameters));
  }

  private Tensor rawGC() {
    return parameters.get(term.parameter());
  }

  /** {@return exp(additive_background) of every ambient category: G x C} */
  public Tensor byCategoryGC() {
    return rawGC().exp();
  }

  /**
   * {@return s of every cell: N x G}
   *
   * @param covariates of the cells, of which only the ambient categories count
   */
  public Tensor of(Covariates covariates) {
    Tensor categoriesNC =
        OneHot.ofCategories(
            covariates.codes(Purpose.AMBIENT),
            term.spec().categories().ambient(),
            covariates.size());
    return categoriesNC.mm(byCategoryGC().t());
  }

  /**
   * {@return minus the log density of the prior, a scalar in double precision, nats; empty without
   * a prior}
   */
  public Optional<Tensor> prior() {
    return term.prior()
        .map(
            prior ->
                GammaPriorTensors.negativeLogDensity(
                    prior, rawGC().to(torch.ScalarType.Double).exp()));
  }
}
