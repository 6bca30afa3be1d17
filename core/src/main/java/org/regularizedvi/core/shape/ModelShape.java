package org.regularizedvi.core.shape;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.input.InputException;

/** What networks and tensors a model's options and data ask for, before there are any. */
public final class ModelShape {
  private ModelShape() {}

  /**
   * Lists the tensors that a model of these options has, without making any.
   *
   * @param features number of features of each modality
   */
  public static List<ParameterSpec> layout(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      Schema schema,
      SequencedMap<String, Integer> features) {
    return ParameterLayout.ofAll(of(config, multimodal, schema, features));
  }

  /** Requires the tensors of a model, each of its shape. */
  public static void requireTensors(
      List<ParameterSpec> layout, Map<String, Safetensors.Entry> tensors, Path source) {
    for (ParameterSpec parameter : layout) {
      Safetensors.Entry entry = tensors.get(parameter.name());
      String found = entry == null ? "missing" : "of shape " + Arrays.toString(entry.shape());
      if (entry == null || !Arrays.equals(entry.shape(), parameter.shape())) {
        throw new InputException(
            "%s: tensor '%s' should have shape %s, but is %s."
                .formatted(source, parameter.name(), Arrays.toString(parameter.shape()), found));
      }
    }
  }

  /** With a size factor the library size is given, and nothing is left of it to learn. */
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
