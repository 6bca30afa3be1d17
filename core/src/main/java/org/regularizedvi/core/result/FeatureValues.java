package org.regularizedvi.core.result;

import java.util.List;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Layer;

/** Holds a value for each cell and feature, of all features or of some. */
public sealed interface FeatureValues {
  /**
   * Holds all features, in the order of the file. Features that the model does not know and cells
   * that lack the modality have NaN in a dense layer and nothing in a sparse one.
   *
   * @param layer the values, cells x features
   */
  record All(Layer layer) implements FeatureValues {}

  /**
   * Holds some features.
   *
   * @param features their names
   * @param matrix cells x features, NaN for cells that lack the modality
   */
  record Some(List<String> features, FloatMatrix matrix) implements FeatureValues {
    /** Keeps copies, which nobody can change. */
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
