package org.regularizedvi.core.result;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds a model's predictions about cells. Layers lie in temporary files until this is closed.
 *
 * @param modalities the predictions of each modality, in the model's order
 */
public record Prediction(List<OfModality> modalities) implements AutoCloseable {
  /** Keeps copies, which nobody can change. */
  public Prediction {
    modalities = List.copyOf(modalities);
  }

  /**
   * Holds the predictions of one modality.
   *
   * @param name the name of the modality, empty in a model of one
   * @param counts draws of whole counts, in the order of the draws; sparse layers when all features
   *     were asked for
   * @param rate mu, when asked for
   * @param dispersion theta, when asked for
   */
  public record OfModality(
      String name,
      List<FeatureValues> counts,
      Optional<FeatureValues> rate,
      Optional<FeatureValues> dispersion) {
    /** Keeps copies, which nobody can change. */
    public OfModality {
      counts = List.copyOf(counts);
    }
  }

  @Override
  public void close() {
    for (OfModality own : modalities) {
      Stream.of(own.counts().stream(), own.rate().stream(), own.dispersion().stream())
          .flatMap(values -> values)
          .forEach(FeatureValues::discard);
    }
  }
}
