package org.regularizedvi.model;

import java.util.List;
import org.regularizedvi.data.FloatMatrix;
import org.regularizedvi.data.Layer;

/**
 * Denoised expression: what a cell expresses as the decoder sees it, without background and scaling
 * of features. It keeps layers in temporary files until closed.
 */
public record Expression(List<OfModality> modalities) implements AutoCloseable {
  public Expression {
    modalities = List.copyOf(modalities);
  }

  public record OfModality(String name, Values values) {}

  /** Values of all features, or of some. */
  public sealed interface Values {
    /**
     * All features, as they stand in the file; NaN, or nothing where sparse, for those that the
     * model does not know and for cells that lack the modality.
     */
    record All(Layer layer) implements Values {}

    /** Some features: cells x features, NaN for cells that lack the modality. */
    record Some(List<String> features, FloatMatrix matrix) implements Values {
      public Some {
        features = List.copyOf(features);
      }
    }
  }

  @Override
  public void close() {
    for (OfModality own : modalities) {
      if (own.values() instanceof Values.All(Layer layer)) {
        layer.close();
      }
    }
  }
}
