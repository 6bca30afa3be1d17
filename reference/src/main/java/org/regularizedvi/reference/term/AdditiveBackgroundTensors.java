package org.regularizedvi.reference.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.reference.torch.OneHot;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the additive background of a modality.
 *
 * @param term its stored parameter and its prior
 * @param measured the prior of a measured profile, which takes the place of the term's
 * @param parameters of the whole model
 */
public record AdditiveBackgroundTensors(
    AdditiveBackground term, Optional<AmbientPrior> measured, ParameterTensors parameters) {
  /**
   * {@return the background of a modality; empty when it has none}
   *
   * @param spec the place, options and names of the modality
   * @param measured the prior of a measured profile
   * @param parameters of the whole model
   */
  public static Optional<AdditiveBackgroundTensors> of(
      ModalitySpec spec, Optional<AmbientPrior> measured, ParameterTensors parameters) {
    return AdditiveBackground.of(spec)
        .map(term -> new AdditiveBackgroundTensors(term, measured, parameters));
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
    if (measured.isPresent()) {
      return Optional.of(measuredPrior(measured.get()));
    }
    return term.prior()
        .map(
            prior ->
                GammaPriorTensors.negativeLogDensity(
                    prior, rawGC().to(torch.ScalarType.Double).exp()));
  }

  private Tensor measuredPrior(AmbientPrior prior) {
    Tensor shareGC = Tensors.of(prior.shareGC()).to(torch.ScalarType.Double);
    Tensor rawGC = rawGC().to(torch.ScalarType.Double);
    Tensor logShapeGC = rawGC.sub(rawGC.logsumexp(0));
    Tensor divergenceC = torch.xlogy(shareGC, shareGC).sub(shareGC.mul(logShapeGC)).sum(0);
    Tensor logTimesC = rawGC.logsumexp(0).sub(Tensor.create(prior.levelC()).log());
    Tensor ofLevelC = logTimesC.exp().sub(Tensors.scalar(1)).sub(logTimesC);
    return Tensor.create(prior.shapeWeightC())
        .mul(divergenceC)
        .add(Tensor.create(prior.levelWeightC()).mul(ofLevelC))
        .sum();
  }
}
