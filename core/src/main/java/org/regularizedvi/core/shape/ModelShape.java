package org.regularizedvi.core.shape;

import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;

/** Works out which networks a model's options and data ask for, before there are any. */
public final class ModelShape {
  private ModelShape() {}

  /**
   * Returns the sizes of a model. With a size factor the library size is given, and nothing is left
   * of it to learn.
   *
   * @param config the options of the model
   * @param multimodal the options by modality; empty in a model of one
   * @param schema keys and categories
   * @param features the number of features of each modality, by name
   * @return the sizes
   */
  public static NetworkSpec of(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      Schema schema,
      SequencedMap<String, Integer> features) {
    ModelConfig own =
        schema.keys().sizeFactorKey().isPresent()
            ? config.with(config.library().withResidual(false))
            : config;
    CategoryCounts categories = CategoryCounts.of(schema);
    if (multimodal.isPresent()) {
      return NetworkSpec.of(new MultimodalConfig(own, multimodal.get()), features, categories);
    }
    return NetworkSpec.single(
        new ModalitySpec(
            0,
            StoredNames.single(),
            features.firstEntry().getValue(),
            own.network().nLatent(),
            own,
            categories));
  }
}
