package org.regularizedvi.core.shape;

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
  /** The encoder that sees all modalities. */
  public static final String JOINT_ENCODER = "joint_encoder";

  /** One logit a modality, the same for all cells. */
  public static final String MODALITY_WEIGHTS = "modality_weight_params";

  /** The linear map that gives a cell's logits. */
  public static final String MODALITY_WEIGHT_NET = "modality_weight_net";

  /** A model of a single modality does not name it. */
  public static StoredNames single() {
    return new StoredNames("z_encoder", "l_encoder", "decoder", "");
  }

  /** One of several modalities, by its name. */
  public static StoredNames of(String modality) {
    return new StoredNames(
        "encoders." + modality, "l_encoders." + modality, "decoders." + modality, "." + modality);
  }

  /** What follows the name of a metric that is this modality's: "_rna", or nothing. */
  public String metricSuffix() {
    return suffix.replaceFirst("^\\.", "_");
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

  /** What the factor on a modality's expected counts is the softplus of. */
  public String modalityScale() {
    return "modality_scale_raw" + suffix;
  }

  /** The linear map from the decoder's last hidden layer to the features. */
  public String scaleWeight() {
    return decoder + ".px_scale_decoder.0.weight";
  }

  public String scaleBias() {
    return decoder + ".px_scale_decoder.0.bias";
  }

  /** The stack of layers of an encoder. */
  public static String encoderLayers(String encoder) {
    return encoder + ".encoder.fc_layers";
  }

  /** The weight of one of the decoder's hidden layers. */
  public String decoderWeight(int layer, NetShape shape) {
    return linear(decoderLayers(), layer, shape) + ".weight";
  }

  public String decoderLayers() {
    return decoder + ".px_decoder.fc_layers";
  }

  public static String linear(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.linearSlot());
  }

  public static String batchNorm(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.batchNormSlot());
  }
}
