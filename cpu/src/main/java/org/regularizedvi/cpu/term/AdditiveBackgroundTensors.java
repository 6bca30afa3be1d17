package org.regularizedvi.cpu.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.cpu.torch.OneHot;
import org.regularizedvi.cpu.torch.ParameterTensors;

/** The additive background of a modality. */
public record AdditiveBackgroundTensors(AdditiveBackground term, ParameterTensors parameters) {
  /** Returns the background of a modality; empty when it has none. */
  public static Optional<AdditiveBackgroundTensors> of(
      ModalitySpec spec, ParameterTensors parameters) {
    return AdditiveBackground.of(spec).map(term -> new AdditiveBackgroundTensors(term, parameters));
  }

  private Tensor rawGC() {
    return parameters.get(term.parameter());
  }

  /** exp(additive_background) of every ambient category: G x C. */
  public Tensor byCategoryGC() {
    return rawGC().exp();
  }

  /** s of every cell: N x G. */
  public Tensor of(Covariates covariates) {
    Tensor categoriesNC =
        OneHot.ofCategories(
            covariates.codes(Purpose.AMBIENT),
            term.spec().categories().ambient(),
            covariates.size());
    return categoriesNC.mm(byCategoryGC().t());
  }

  /** Minus the log density of the prior, a scalar in double precision; empty without a prior. */
  public Optional<Tensor> prior() {
    return term.prior()
        .map(
            prior ->
                GammaPriorTensors.negativeLogDensity(
                    prior, rawGC().to(torch.ScalarType.Double).exp()));
  }
}
