package org.regularizedvi.model.net;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.prior.ModalityPriors;

/**
 * A model as the loss sees it: its modalities, what each one's priors took from data, and the
 * parameters, which it owns.
 */
public record Network(
    ModelConfig config,
    List<Modality> modalities,
    List<ModalityPriors> priors,
    Parameters parameters)
    implements AutoCloseable {

  /** The stored tensors of all modalities, for values that come from elsewhere. */
  public static List<ParameterSpec> layout(List<ModalitySpec> specs) {
    return layout(
        specs, specs.stream().map(spec -> StartValues.withoutData(spec.config())).toList());
  }

  /**
   * The stored tensors of all modalities and how they start.
   *
   * @param starts one a modality
   */
  public static List<ParameterSpec> layout(List<ModalitySpec> specs, List<StartValues> starts) {
    List<ParameterSpec> all = new ArrayList<>();
    for (int m = 0; m < specs.size(); m++) {
      all.addAll(ParameterLayout.of(specs.get(m), starts.get(m)));
    }
    return all;
  }

  public static Network of(
      ModelConfig config,
      List<ModalitySpec> specs,
      List<ModalityPriors> priors,
      Parameters parameters) {
    List<Modality> modalities = specs.stream().map(spec -> new Modality(spec, parameters)).toList();
    return new Network(config, modalities, List.copyOf(priors), parameters);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
