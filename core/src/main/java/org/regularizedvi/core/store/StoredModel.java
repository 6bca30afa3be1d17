package org.regularizedvi.core.store;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.result.LatentMoments;

/**
 * A model as it is written and read.
 *
 * @param setup what it was made of
 * @param training empty before training
 * @param tensors of a model that is to be written they lie where it has them
 * @param completeCells moments of the latents of training cells that have every modality, where
 *     they are side by side; empty where there were too few, and in a model from elsewhere
 */
public record StoredModel(
    Setup setup,
    Optional<TrainConfig> training,
    History history,
    SequencedMap<String, Safetensors.Entry> tensors,
    Optional<LatentMoments> completeCells) {

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
