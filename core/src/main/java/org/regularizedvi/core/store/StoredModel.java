package org.regularizedvi.core.store;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.result.LatentMoments;

/**
 * Holds a model as it is written and read.
 *
 * @param setup what the model was made from
 * @param training the options of training, empty before it
 * @param history the course of training
 * @param tensors the parameters by stored name; those of a model that is to be written lie where
 *     the model has them
 * @param completeCells the moments of the latents of training cells that have every modality, where
 *     latents lie side by side; empty where there were too few such cells, and in a model from
 *     elsewhere
 */
public record StoredModel(
    Setup setup,
    Optional<TrainConfig> training,
    History history,
    SequencedMap<String, Safetensors.Entry> tensors,
    Optional<LatentMoments> completeCells) {

  /**
   * Holds everything that a model is made from.
   *
   * @param config the options of the model
   * @param multimodal the options by modality; present in a model of named modalities
   * @param schema the keys and their categories
   * @param modalities the modalities, in the model's order
   * @param input what was taken of the file of the cells that it was made for
   * @param seed makes all random draws of the model
   */
  public record Setup(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      Schema schema,
      List<StoredModality> modalities,
      InputChoices input,
      long seed) {
    /** Keeps copies, which nobody can change. */
    public Setup {
      modalities = List.copyOf(modalities);
    }
  }
}
