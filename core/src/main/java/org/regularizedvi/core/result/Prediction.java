package org.regularizedvi.core.result;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a model predicts of cells. It keeps layers in temporary files until closed. */
public record Prediction(List<OfModality> modalities) implements AutoCloseable {
  public Prediction {
    modalities = List.copyOf(modalities);
  }

  /**
   * One modality.
   *
   * @param counts draws of whole counts, in the order of the draws; sparse layers when of all
   *     features
   * @param rate mu, when asked for
   * @param dispersion theta, when asked for
   */
  public record OfModality(
      String name,
      List<FeatureValues> counts,
      Optional<FeatureValues> rate,
      Optional<FeatureValues> dispersion) {
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
