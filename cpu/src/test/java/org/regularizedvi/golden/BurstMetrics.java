package org.regularizedvi.golden;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.kernel.BurstSizes;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.Rates;
import org.regularizedvi.reference.torch.Tensors;

/** What the package reports of a modality's bursts. */
final class BurstMetrics {
  private BurstMetrics() {}

  /** The package's model of one modality reports its technical variance as theta. */
  static Map<String, Tensor> of(
      Modality modality, Elbo.Pass pass, Covariates covariates, Optional<Noise> training) {
    int m = modality.spec().index();
    Tensor hidden = pass.hiddenNH().get(m);
    Tensor library = pass.librariesN1().get(m);
    Rates rates = Rates.of(modality, hidden, library, covariates, training);
    Tensor size = modality.decoder().sizes(hidden).orElseThrow();
    Tensor technical = modality.dispersion().of(covariates, training);
    Tensor biological = rates.scaleNG().mul(size);
    Tensor unit = library.exp().mul(torch.ones_like(size));
    Tensor counts = modality.scaling().map(y -> unit.mul(y.of(covariates))).orElse(unit);
    Tensor total =
        counts
            .square()
            .mul(biological)
            .add(technical)
            .add(Tensors.scalar(BurstSizes.LEAST_VARIANCE));
    return Map.of(
        "theta_mean",
            modality.spec().names().suffix().isEmpty() ? technical.mean() : rates.thetaNG().mean(),
        "stochastic_v_mean", technical.mean(),
        "alpha_total_mean", rates.thetaNG().mean(),
        "burst_freq_mean", rates.scaleNG().div(size).mean(),
        "burst_size_mean", size.mean(),
        "var_biol_mean", biological.mean(),
        "var_biol_frac", biological.div(total).mean(),
        "var_total_mean", total.mean());
  }
}
