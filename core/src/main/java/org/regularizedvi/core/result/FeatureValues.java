package org.regularizedvi.core.result;

import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Layer;

/** A value for each cell and feature, of all features or of some. */
public sealed interface FeatureValues {
  /**
   * All features, as they stand in the file; NaN, or nothing where sparse, for those that the model
   * does not know and for cells that lack the modality.
   */
  record All(Layer layer) implements FeatureValues {}

  /** Some features: cells x features, NaN for cells that lack the modality. */
  record Some(List<String> features, FloatMatrix matrix) implements FeatureValues {
    public Some {
      features = List.copyOf(features);
    }
  }

  /** Gives up the temporary file of a layer. */
  default void discard() {
    if (this instanceof All(Layer layer)) {
      layer.close();
    }
  }
}
