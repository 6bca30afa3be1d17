package org.regularizedvi.core.result;

import java.util.List;

/**
 * Denoised expression: what a cell expresses as the decoder sees it, without background and scaling
 * of features. It keeps layers in temporary files until closed.
 */
public record Expression(List<OfModality> modalities) implements AutoCloseable {
  public Expression {
    modalities = List.copyOf(modalities);
  }

  public record OfModality(String name, FeatureValues values) {}

  @Override
  public void close() {
    modalities.forEach(own -> own.values().discard());
  }
}
