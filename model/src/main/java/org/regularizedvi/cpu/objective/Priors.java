package org.regularizedvi.cpu.objective;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.ParameterTensors;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * What holds a modality's dispersion, background, scaling and library weight: negative log
 * densities and a divergence, in double precision.
 */
final class Priors {
  private Priors() {}

  /** Returns a modality's terms of the loss, penalties aside: each a scalar, 0 where it is off. */
  static Map<GlobalTerm, Tensor> of(Modality modality, Noise noise) {
    PriorConfig config = modality.spec().config().priors();
    ParameterTensors parameters = modality.parameters();
    Tensor zero = torch.zeros(new long[0]).to(torch.ScalarType.Double);
    Tensor dispersion =
        config.regulariseDispersion()
            ? dispersion(modality, modality.priors().dispersion().gamma(), noise)
            : zero;
    Tensor background =
        config.regulariseBackground() && modality.spec().generative().useAdditiveBackground()
            ? negativeLogDensity(
                config.background(),
                inDouble(parameters.get(new AdditiveBackground(modality.spec()).parameter())).exp())
            : zero;
    Tensor scaling =
        modality.spec().generative().useFeatureScaling()
            ? negativeLogDensity(
                config.featureScaling(),
                scaling(inDouble(parameters.get(new FeatureScaling(modality.spec()).parameter()))))
            : zero;
    double rate = modality.spec().config().library().libraryObsWPriorRate();
    Tensor libraryWeight =
        modality
            .observedLibrary()
            .map(observed -> Divergence.fromExponential(observed, rate))
            .orElse(zero);
    Tensor modalityScale =
        modality
            .scale()
            .map(scale -> negativeLogDensity(ModalityScale.PRIOR, inDouble(scale)))
            .orElse(zero);
    Map<GlobalTerm, Tensor> terms = new EnumMap<>(GlobalTerm.class);
    terms.put(GlobalTerm.DISPERSION, dispersion);
    terms.put(GlobalTerm.BACKGROUND, background);
    terms.put(GlobalTerm.SCALING, scaling);
    terms.put(GlobalTerm.LIBRARY_WEIGHT, libraryWeight);
    terms.put(GlobalTerm.MODALITY_SCALE, modalityScale);
    return terms;
  }

  /** y of every raw value; see {@link ScalingFactor}. */
  static Tensor scaling(Tensor raw) {
    return torch.softplus(raw).div(Tensors.scalar(ScalingFactor.DIVISOR));
  }

  /**
   * The containment prior: 1/sqrt(theta) ~ Exponential(lambda) under the LogNormal posterior of
   * theta, lambda with its Gamma hyper-prior (Simpson et al. 2017).
   *
   * <p>E[1/sqrt(theta)] = exp(-mu/2 + sigma^2/8), the moment of a LogNormal, unless the noise asks
   * for a draw of theta.
   */
  private static Tensor dispersion(Modality modality, GammaPrior hyperPrior, Noise noise) {
    ParameterTensors parameters = modality.parameters();
    InverseDispersion term = new InverseDispersion(modality.spec());
    Tensor lambdaD = torch.softplus(inDouble(parameters.get(term.rate())));
    Tensor muGD = inDouble(parameters.get(term.mean()));
    Tensor logSigmaGD = inDouble(parameters.get(term.logSigma()));
    Tensor sigmaGD = logSigmaGD.exp();
    Tensor logTheta;
    if (noise.drawsDispersionPrior()) {
      float[] normals = new float[(int) muGD.numel()];
      noise.sharedNormals(Draw.of(Draw.Kind.DISPERSION_PRIOR, modality.spec().index()), normals);
      logTheta = muGD.add(sigmaGD.mul(Tensors.of(normals, muGD.shape())));
    } else {
      logTheta = muGD.sub(sigmaGD.square().mul(Tensors.scalar(0.25)));
    }
    Tensor inverseRoot = logTheta.mul(Tensors.scalar(-0.5)).exp();
    Tensor exponential = lambdaD.log().sub(lambdaD.mul(inverseRoot)).sum();
    Tensor entropy = logSigmaGD.add(Tensors.scalar(0.5 * Math.log(2 * Math.PI * Math.E))).sum();
    return negativeLogDensity(hyperPrior, lambdaD).sub(entropy).sub(exponential);
  }

  /** -sum log Gamma(x; alpha, beta). */
  private static Tensor negativeLogDensity(GammaPrior prior, Tensor x) {
    double alpha = prior.alpha();
    double logNormaliser =
        alpha * Math.log(prior.beta())
            - torch
                .scalar_tensor(Tensors.scalar(alpha))
                .to(torch.ScalarType.Double)
                .lgamma()
                .item_double();
    return x.mul(Tensors.scalar(prior.beta()))
        .sub(x.log().mul(Tensors.scalar(alpha - 1)))
        .sub(Tensors.scalar(logNormaliser))
        .sum();
  }

  private static Tensor inDouble(Tensor parameter) {
    return parameter.to(torch.ScalarType.Double);
  }
}
