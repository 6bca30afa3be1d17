package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.Safetensors;

/**
 * The mean of q(z | x) of a saved model written out in double precision, from the stored tensors
 * alone: one hidden layer with layer norm, no covariates.
 */
final class TextbookEncoder {
  private final Map<String, Safetensors.Entry> tensors;
  private final String encoder;

  /**
   * @param encoder how its tensors' names start
   */
  TextbookEncoder(Path modelDir, String encoder) {
    this.tensors = ModelDirectory.read(modelDir).tensors();
    this.encoder = encoder;
  }

  /** Of a cell's counts, those of all modalities that the encoder sees side by side. */
  double[] mean(double[] counts) {
    double[] logs = Arrays.stream(counts).map(Math::log1p).toArray();
    double[] hidden = TextbookLayers.hidden(layer(".weight"), layer(".bias"), logs);
    return TextbookLayers.linear(
        tensors.get(encoder + ".mean_encoder.weight"),
        tensors.get(encoder + ".mean_encoder.bias"),
        hidden);
  }

  private Safetensors.Entry layer(String end) {
    String start = encoder + ".encoder.fc_layers.Layer 0.";
    return tensors.entrySet().stream()
        .filter(own -> own.getKey().startsWith(start) && own.getKey().endsWith(end))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }
}
