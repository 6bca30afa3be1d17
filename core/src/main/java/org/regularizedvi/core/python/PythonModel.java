package org.regularizedvi.core.python;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.term.LibraryPrior;

/**
 * Holds the content of a {@code model.pt}, in this program's terms.
 *
 * @param config the options of the model
 * @param multimodal the options by modality; present in a model of named modalities
 * @param schema the keys and their categories
 * @param modalities the modalities, sorted by name; a single one has no name
 * @param history the course of training
 * @param tensors the parameters by stored name, without buffers
 */
public record PythonModel(
    ModelConfig config,
    Optional<MultimodalOptions> multimodal,
    Schema schema,
    List<OfModality> modalities,
    History history,
    SequencedMap<String, Safetensors.Entry> tensors) {
  /** Keeps copies, which nobody can change. */
  public PythonModel {
    modalities = List.copyOf(modalities);
  }

  /**
   * Holds one modality.
   *
   * @param name the name of the modality, empty in a model of one
   * @param features the names of its features
   * @param library the prior of its library size
   * @param counts where the file that the model was made from had its counts
   */
  public record OfModality(
      String name, List<String> features, LibraryPrior library, CountSource counts) {
    /** Keeps copies, which nobody can change. */
    public OfModality {
      features = List.copyOf(features);
    }
  }

  /** {@return where each modality's counts were, by the name of the modality} */
  public Map<String, CountSource> sources() {
    return modalities.stream()
        .collect(java.util.stream.Collectors.toMap(OfModality::name, OfModality::counts));
  }
}
