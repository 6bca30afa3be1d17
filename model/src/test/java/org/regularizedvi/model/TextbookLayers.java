package org.regularizedvi.model;

import org.regularizedvi.core.store.Safetensors;

/** Layers written out in double precision. */
final class TextbookLayers {
  private static final double LAYER_NORM_EPS = 1e-5;

  private TextbookLayers() {}

  /** Linear, layer norm without scale and shift, ReLU. */
  static double[] hidden(Safetensors.Entry weight, Safetensors.Entry bias, double[] inputs) {
    double[] hidden = linear(weight, bias, inputs);
    double mean = 0;
    for (double h : hidden) {
      mean += h / hidden.length;
    }
    double variance = 0;
    for (double h : hidden) {
      variance += (h - mean) * (h - mean) / hidden.length;
    }
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(0, (hidden[i] - mean) / Math.sqrt(variance + LAYER_NORM_EPS));
    }
    return hidden;
  }

  static double[] linear(Safetensors.Entry weight, Safetensors.Entry bias, double[] inputs) {
    int columns = (int) weight.shape()[1];
    if (columns != inputs.length) {
      throw new AssertionError(inputs.length + " inputs for " + columns + " columns");
    }
    double[] out = new double[(int) weight.shape()[0]];
    for (int h = 0; h < out.length; h++) {
      out[h] = bias.values()[h];
      for (int k = 0; k < columns; k++) {
        out[h] += (double) weight.values()[h * columns + k] * inputs[k];
      }
    }
    return out;
  }
}
