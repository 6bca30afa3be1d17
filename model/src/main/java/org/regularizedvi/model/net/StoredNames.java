package org.regularizedvi.model.net;

/**
 * The names under which a modality's parameters are stored, those of the Python package.
 *
 * @param latentEncoder prefix of the latent encoder
 * @param libraryEncoder prefix of the library encoder
 * @param decoder prefix of the decoder
 * @param suffix what follows the name of a parameter that belongs to no network
 */
public record StoredNames(
    String latentEncoder, String libraryEncoder, String decoder, String suffix) {
  /** A model of a single modality does not name it. */
  public static StoredNames single() {
    return new StoredNames("z_encoder", "l_encoder", "decoder", "");
  }

  public String additiveBackground() {
    return "additive_background" + suffix;
  }

  public String featureScaling() {
    return "feature_scaling" + suffix;
  }

  public String dispersionMean() {
    return "px_r_mu" + suffix;
  }

  public String dispersionLogSigma() {
    return "px_r_log_sigma" + suffix;
  }

  public String dispersionPriorRate() {
    return "dispersion_prior_rate_raw" + suffix;
  }

  /** Mean of the log of w, the weight of the observed library size. */
  public String libraryWeightMean() {
    return "library_obs_w_mu" + suffix;
  }

  public String libraryWeightLogSigma() {
    return "library_obs_w_log_sigma" + suffix;
  }

  /** The linear map from the decoder's last hidden layer to the features. */
  public String scaleWeight() {
    return decoder + ".px_scale_decoder.0.weight";
  }

  public String scaleBias() {
    return decoder + ".px_scale_decoder.0.bias";
  }

  /** The stack of layers of an encoder. */
  static String encoderLayers(String encoder) {
    return encoder + ".encoder.fc_layers";
  }

  /** The weight of one of the decoder's hidden layers. */
  public String decoderWeight(int layer, NetShape shape) {
    return linear(decoderLayers(), layer, shape) + ".weight";
  }

  String decoderLayers() {
    return decoder + ".px_decoder.fc_layers";
  }

  static String linear(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.linearSlot());
  }

  static String batchNorm(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.batchNormSlot());
  }
}
