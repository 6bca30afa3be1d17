package org.regularizedvi.cpu.objective;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.Network;

/**
 * The parts of the loss that belong to parameters all cells share, each a scalar: they count once a
 * data set, never once a minibatch.
 *
 * @param libraryWeight divergence of the posterior of w, the weight of the observed library size,
 *     from its prior
 * @param modalityScale of the learned factors of modalities
 */
public record GlobalTerms(
    Tensor dispersion,
    Tensor background,
    Tensor scaling,
    Tensor libraryWeight,
    Tensor modalityScale,
    DecoderPenalties penalties) {

  /**
   * What holds the decoder's weights.
   *
   * @param weightL2 by the squares of all weights
   * @param covariateL2 by the squares of the first layer's one-hot columns
   * @param hiddenL1 by the absolute values of the hidden layers' weights
   */
  public record DecoderPenalties(Tensor weightL2, Tensor covariateL2, Tensor hiddenL1) {
    Tensor sum() {
      return weightL2.add(covariateL2).add(hiddenL1);
    }
  }

  /** Those of a network, one sum over its modalities each. */
  public static GlobalTerms of(Network network, Elbo.HeadSquares headSquares, Noise noise) {
    GlobalTerms sum = null;
    for (Modality modality : network.modalities()) {
      Priors.Terms priors =
          Priors.of(modality, network.priors().get(modality.spec().index()), noise);
      GlobalTerms next =
          new GlobalTerms(
              priors.dispersion(),
              priors.background(),
              priors.scaling(),
              priors.libraryWeight(),
              priors.modalityScale(),
              Penalties.of(modality, () -> headSquares.of(modality)));
      sum = sum == null ? next : sum.plus(next);
    }
    return sum;
  }

  /** Each term by what it is called in messages. */
  public Map<String, Tensor> byName() {
    Map<String, Tensor> terms = new LinkedHashMap<>();
    terms.put("the dispersion's prior", dispersion);
    terms.put("the background's prior", background);
    terms.put("the feature scaling's prior", scaling);
    terms.put("the library weight's prior", libraryWeight);
    terms.put("the modality scale's prior", modalityScale);
    terms.put("the decoder's penalties", penalties.sum());
    return terms;
  }

  Tensor sum() {
    return dispersion
        .add(background)
        .add(scaling)
        .add(libraryWeight)
        .add(modalityScale)
        .add(penalties.sum());
  }

  /** Both modalities' terms, each kind added up. */
  GlobalTerms plus(GlobalTerms other) {
    return new GlobalTerms(
        dispersion.add(other.dispersion),
        background.add(other.background),
        scaling.add(other.scaling),
        libraryWeight.add(other.libraryWeight),
        modalityScale.add(other.modalityScale),
        new DecoderPenalties(
            penalties.weightL2.add(other.penalties.weightL2),
            penalties.covariateL2.add(other.penalties.covariateL2),
            penalties.hiddenL1.add(other.penalties.hiddenL1)));
  }
}
