package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.CountSource;
import picocli.CommandLine.Option;

/** {@code --layer} of a model that goes elsewhere. */
public final class LayerOption {
  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "Layer that will have the raw counts there, or of several modalities MODALITY=NAME with"
              + " commas between (default: X).")
  private Optional<Layers> layer = Optional.empty();

  /** Where the modalities' counts will be; a single modality has no name. */
  public Map<String, CountSource> of(List<String> modalities) {
    return layer.map(own -> own.of(modalities)).orElse(Map.of());
  }
}
