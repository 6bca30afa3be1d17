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
 * What a {@code model.pt} says, in this program's terms.
 *
 * @param multimodal present in a model of named modalities
 * @param modalities sorted by name; a single one has no name
 * @param tensors the parameters by stored name, without buffers
 */
public record PythonModel(
    ModelConfig config,
    Optional<MultimodalOptions> multimodal,
    Schema schema,
    List<OfModality> modalities,
    History history,
    SequencedMap<String, Safetensors.Entry> tensors) {
  public PythonModel {
    modalities = List.copyOf(modalities);
  }

  /**
   * One modality.
   *
   * @param counts where the model's file had its counts
   */
  public record OfModality(
      String name, List<String> features, LibraryPrior library, CountSource counts) {
    public OfModality {
      features = List.copyOf(features);
    }
  }

  /** Where each modality's counts were, by name. */
  public Map<String, CountSource> sources() {
    return modalities.stream()
        .collect(java.util.stream.Collectors.toMap(OfModality::name, OfModality::counts));
  }
}
