package org.regularizedvi.core.result;

import java.util.List;

/**
 * Holds denoised expression: what a cell expresses as the decoder sees it, without background and
 * scaling of features. Layers lie in temporary files until this is closed.
 *
 * @param modalities the expression of each modality, in the model's order
 */
public record Expression(List<OfModality> modalities) implements AutoCloseable {
  /** Keeps copies, which nobody can change. */
  public Expression {
    modalities = List.copyOf(modalities);
  }

  /**
   * Holds the expression of one modality.
   *
   * @param name the name of the modality, empty in a model of one
   * @param values a value for each cell and feature
   */
  public record OfModality(String name, FeatureValues values) {}

  @Override
  public void close() {
    modalities.forEach(own -> own.values().discard());
  }
}
