package org.regularizedvi.reference.objective;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.term.AdditiveBackgroundTensors;
import org.regularizedvi.reference.term.DecoderPenaltiesTensors;
import org.regularizedvi.reference.term.FeatureScalingTensors;
import org.regularizedvi.reference.term.LatentRelevanceTensors;
import org.regularizedvi.reference.term.ModalityScaleTensors;

/**
 * Holds the parts of the loss that belong to parameters all cells share: they count once per data
 * set, never once per minibatch.
 *
 * @param scalars by term, in the order in which terms are declared, each in double precision
 */
public record GlobalTerms(Map<GlobalTerm, Tensor> scalars) {
  /** Keeps a copy in the order in which terms are declared. */
  public GlobalTerms {
    Map<GlobalTerm, Tensor> ordered = new EnumMap<>(GlobalTerm.class);
    ordered.putAll(scalars);
    scalars = Collections.unmodifiableMap(ordered);
  }

  /**
   * {@return the terms of a network, one sum over its modalities each; a term that is off is 0}
   *
   * @param network the encoders and decoders, with their parameters
   * @param noise gives the draw of theta for its prior, where one is taken
   */
  public static GlobalTerms of(Network network, Noise noise) {
    Map<GlobalTerm, Tensor> sums = new EnumMap<>(GlobalTerm.class);
    for (Modality modality : network.modalities()) {
      of(modality, noise).forEach((term, scalar) -> sums.merge(term, scalar, Tensor::add));
    }
    return new GlobalTerms(sums);
  }

  private static Map<GlobalTerm, Tensor> of(Modality modality, Noise noise) {
    Tensor off = torch.zeros(new long[0]).to(torch.ScalarType.Double);
    DecoderPenaltiesTensors penalties =
        DecoderPenaltiesTensors.of(
            new DecoderPenalties(modality.spec(), modality.priors().weightWidthG()),
            modality.parameters(),
            () -> modality.decoder().scaleSquaresG());
    Map<GlobalTerm, Tensor> terms = new EnumMap<>(GlobalTerm.class);
    terms.put(GlobalTerm.DISPERSION, modality.dispersion().containment(noise).orElse(off));
    terms.put(
        GlobalTerm.BACKGROUND,
        modality.background().flatMap(AdditiveBackgroundTensors::prior).orElse(off));
    terms.put(GlobalTerm.SCALING, modality.scaling().map(FeatureScalingTensors::prior).orElse(off));
    terms.put(GlobalTerm.LIBRARY_WEIGHT, modality.library().weightDivergence().orElse(off));
    terms.put(
        GlobalTerm.MODALITY_SCALE, modality.scale().map(ModalityScaleTensors::prior).orElse(off));
    terms.put(GlobalTerm.DECODER_PENALTIES, penalties.sum());
    terms.put(
        GlobalTerm.ARD, modality.relevance().map(LatentRelevanceTensors::divergence).orElse(off));
    return terms;
  }

  /** {@return all terms added up: a scalar} */
  Tensor sum() {
    return scalars.values().stream().reduce(Tensor::add).orElseThrow();
  }

  /** {@return the first term that is not finite} */
  public Optional<GlobalTerm> firstBroken() {
    return scalars.keySet().stream()
        .filter(term -> !Double.isFinite(scalars.get(term).item_double()))
        .findFirst();
  }
}
