package org.regularizedvi.model.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.data.schema.Schema;
import org.regularizedvi.model.History;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.MultimodalOptions;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.posterior.LatentMoments;

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
