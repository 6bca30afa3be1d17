package org.regularizedvi.model.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.model.History;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.MultimodalOptions;
import org.regularizedvi.model.config.TrainConfig;

/**
 * A model as it is written and read, free of native memory.
 *
 * @param setup what it was made of
 * @param training empty before training
 */
public record StoredModel(
    Setup setup,
    Optional<TrainConfig> training,
    History history,
    SequencedMap<String, Safetensors.Entry> tensors) {

  /**
   * What a model is made of.
   *
   * @param multimodal present in a model of named modalities
   */
  public record Setup(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      Schema schema,
      List<StoredModality> modalities,
      long seed) {
    public Setup {
      modalities = List.copyOf(modalities);
    }
  }
}
