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

  /** The stack of layers of an encoder. */
  public static String encoderLayers(String encoder) {
    return encoder + ".encoder.fc_layers";
  }

  public static String linear(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.linearSlot());
  }

  public static String batchNorm(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.batchNormSlot());
  }
}
