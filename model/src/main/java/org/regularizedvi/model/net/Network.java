package org.regularizedvi.model.net;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.prior.LibraryPrior;

/**
 * A model as the loss sees it: its modalities, one library size prior each, and the parameters,
 * which it owns.
 */
public record Network(
    ModelConfig config,
    List<Modality> modalities,
    List<LibraryPrior> libraryPriors,
    Parameters parameters)
    implements AutoCloseable {

  /** The stored tensors of all modalities. */
  public static List<ParameterSpec> layout(List<ModalitySpec> specs, ModelConfig config) {
    List<ParameterSpec> all = new ArrayList<>();
    for (ModalitySpec spec : specs) {
      all.addAll(ParameterLayout.of(spec, config.priors()));
    }
    return all;
  }

  public static Network of(
      ModelConfig config,
      List<ModalitySpec> specs,
      List<LibraryPrior> priors,
      Parameters parameters) {
    List<Modality> modalities = specs.stream().map(spec -> new Modality(spec, parameters)).toList();
    return new Network(config, modalities, List.copyOf(priors), parameters);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
