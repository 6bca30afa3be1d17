package org.regularizedvi.cpu.objective;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.Network;

/**
 * The parts of the loss that belong to parameters all cells share: they count once per data set,
 * never once per minibatch.
 *
 * @param scalars by term, in the order in which terms are declared, each in double precision
 */
public record GlobalTerms(Map<GlobalTerm, Tensor> scalars) {
  public GlobalTerms {
    Map<GlobalTerm, Tensor> ordered = new EnumMap<>(GlobalTerm.class);
    ordered.putAll(scalars);
    scalars = Collections.unmodifiableMap(ordered);
  }

  /** Returns those of a network, one sum over its modalities each. */
  public static GlobalTerms of(Network network, Elbo.HeadSquares headSquares, Noise noise) {
    Map<GlobalTerm, Tensor> sums = new EnumMap<>(GlobalTerm.class);
    for (Modality modality : network.modalities()) {
      Map<GlobalTerm, Tensor> own = Priors.of(modality, noise);
      own.put(
          GlobalTerm.DECODER_PENALTIES,
          DecoderPenalties.of(modality, () -> headSquares.of(modality)).sum());
      own.forEach((term, scalar) -> sums.merge(term, scalar, Tensor::add));
    }
    return new GlobalTerms(sums);
  }

  /** Returns all terms added up: a scalar. */
  Tensor sum() {
    return scalars.values().stream().reduce(Tensor::add).orElseThrow();
  }

  /** Returns the first term that is not finite. */
  public Optional<GlobalTerm> firstBroken() {
    return scalars.keySet().stream()
        .filter(term -> !Double.isFinite(scalars.get(term).item_double()))
        .findFirst();
  }
}
