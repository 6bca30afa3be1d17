package org.regularizedvi.core.shape;

/**
 * Gives the names under which a modality's parameters are stored, those of the Python package.
 *
 * @param latentEncoder prefix of the latent encoder
 * @param libraryEncoder prefix of the library encoder
 * @param horseshoeEncoder prefix of the encoder of the scales of z
 * @param decoder prefix of the decoder
 * @param suffix what follows the name of a parameter that belongs to no network
 */
public record StoredNames(
    String latentEncoder,
    String libraryEncoder,
    String horseshoeEncoder,
    String decoder,
    String suffix) {
  /** {@return the names of a model of one modality, which do not name it} */
  public static StoredNames single() {
    return new StoredNames("z_encoder", "l_encoder", "horseshoe_encoder", "decoder", "");
  }

  /**
   * {@return the names of one of several modalities}
   *
   * @param modality the name of the modality
   */
  public static StoredNames of(String modality) {
    return new StoredNames(
        "encoders." + modality,
        "l_encoders." + modality,
        "horseshoe_encoders." + modality,
        "decoders." + modality,
        "." + modality);
  }

  /** {@return what follows the name of a metric of this modality: "_rna", or nothing} */
  public String metricSuffix() {
    return suffix.replaceFirst("^\\.", "_");
  }

  /**
   * {@return the stored name of the stack of layers of an encoder}
   *
   * @param encoder the prefix of the encoder
   */
  public static String encoderLayers(String encoder) {
    return encoder + ".encoder.fc_layers";
  }

  /**
   * {@return the stored name of the linear map of a layer}
   *
   * @param layers the stored name of the stack
   * @param layer the place of the layer
   * @param shape the sizes of the stack
   */
  public static String linear(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.linearSlot());
  }

  /**
   * {@return the stored name of the batch norm of a layer}
   *
   * @param layers the stored name of the stack
   * @param layer the place of the layer
   * @param shape the sizes of the stack
   */
  public static String batchNorm(String layers, int layer, NetShape shape) {
    return "%s.Layer %d.%d".formatted(layers, layer, shape.batchNormSlot());
  }
}
