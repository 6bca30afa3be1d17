package org.regularizedvi.model;

import java.nio.file.Path;
import java.util.Map;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.Safetensors;

/**
 * The decoder of a saved model written out in double precision, from the stored tensors alone: one
 * hidden layer with layer norm, softplus.
 */
final class TextbookDecoder {
  private final Map<String, Safetensors.Entry> tensors;
  private final String decoder;
  private final String suffix;

  /**
   * @param modality its name, empty in a model of one
   */
  TextbookDecoder(Path modelDir, String modality) {
    tensors = ModelDirectory.read(modelDir).tensors();
    decoder = modality.isEmpty() ? "decoder" : "decoders." + modality;
    suffix = modality.isEmpty() ? "" : "." + modality;
  }

  private Safetensors.Entry tensor(String name) {
    return tensors.get(name);
  }

  /** rho of one cell, from z and one-hot columns side by side. */
  double[] rho(double... inputs) {
    double[] hidden =
        TextbookLayers.hidden(
            tensor(decoder + ".px_decoder.fc_layers.Layer 0.0.weight"),
            tensor(decoder + ".px_decoder.fc_layers.Layer 0.0.bias"),
            inputs);
    double[] rho =
        TextbookLayers.linear(
            tensor(decoder + ".px_scale_decoder.0.weight"),
            tensor(decoder + ".px_scale_decoder.0.bias"),
            hidden);
    for (int g = 0; g < rho.length; g++) {
      rho[g] = rho[g] > 20 ? rho[g] : Math.log1p(Math.exp(rho[g]));
    }
    return rho;
  }

  /** s of one feature in a category. */
  double background(int feature, int category) {
    Safetensors.Entry raw = tensor("additive_background" + suffix);
    return Math.exp(raw.values()[feature * (int) raw.shape()[1] + category]);
  }

  /** theta of one feature in a group. */
  double dispersion(int feature, int group) {
    Safetensors.Entry raw = tensor("px_r_mu" + suffix);
    return Math.exp(raw.values()[feature * (int) raw.shape()[1] + group]);
  }

  /** y of one feature, the same for all cells. */
  double scaling(int feature) {
    return Math.log1p(Math.exp(tensor("feature_scaling" + suffix).values()[feature])) / 0.7;
  }
}
