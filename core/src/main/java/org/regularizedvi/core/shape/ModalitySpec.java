package org.regularizedvi.core.shape;

import java.util.stream.IntStream;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;

/**
 * Describes one modality's part of a model: its size, its options, the names of its parameters.
 *
 * @param index the place among the modalities, from 0
 * @param names the names under which its parameters are stored
 * @param features the number of features G
 * @param jointLatent the number of dimensions of the z that its decoder gets, all modalities'
 *     together
 * @param config the options of this modality
 * @param categories the numbers of categories and continuous covariates
 * @param membership how it takes part in a model of several modalities
 */
public record ModalitySpec(
    int index,
    StoredNames names,
    int features,
    int jointLatent,
    ModelConfig config,
    CategoryCounts categories,
    Membership membership) {

  /**
   * Describes the only modality of its model.
   *
   * @param index the place among the modalities, 0
   * @param names the names under which its parameters are stored
   * @param features the number of features G
   * @param jointLatent the number of latent dimensions
   * @param config the options of the model
   * @param categories the numbers of categories and continuous covariates
   */
  public ModalitySpec(
      int index,
      StoredNames names,
      int features,
      int jointLatent,
      ModelConfig config,
      CategoryCounts categories) {
    this(index, names, features, jointLatent, config, categories, Membership.alone());
  }

  /** {@return the options of its networks} */
  public NetworkConfig network() {
    return config.network();
  }

  /** {@return how its counts come about} */
  public GenerativeConfig generative() {
    return config.generative();
  }

  /**
   * {@return the numbers of categories of the keys whose one-hot columns the decoder sees, the
   * batch first when it does}
   */
  public int[] decoderKeys() {
    return generative().useBatchInDecoder()
        ? IntStream.concat(
                IntStream.of(categories.batch()), IntStream.of(categories.conditioning()))
            .toArray()
        : categories.conditioning();
  }

  /** {@return the hidden layers of the latent encoder} */
  public NetShape encoder() {
    return encoderShape(network().nHidden(), network().nLayers());
  }

  /** {@return the hidden layers of the library encoder, always one} */
  public NetShape libraryEncoder() {
    return encoderShape(network().libraryNHidden(), 1);
  }

  /**
   * {@return the hidden layers of an encoder of this modality}
   *
   * @param hidden the units of a layer
   * @param layers the number of layers
   */
  public NetShape encoderShape(int hidden, int layers) {
    return new NetShape(
        features + categories.continuous(),
        CategoryCounts.oneHotColumns(categories.encoder()),
        hidden,
        layers,
        network().useLayerNorm().inEncoder(),
        network().useBatchNorm().inEncoder(),
        network().dropoutRate().orElseThrow(),
        network().dropoutOnInput());
  }

  /** {@return the hidden layers of the decoder, which has no dropout} */
  public NetShape decoder() {
    return decoderShape(network().nHidden(), network().nLayers());
  }

  /**
   * {@return the hidden layers of the burst size decoder: half as wide as the decoder's unless told
   * otherwise, and one fewer, but at least one}
   */
  public NetShape burstSizeDecoder() {
    return decoderShape(
        generative().decoder().burstSizeNHidden().orElse(Math.max(1, network().nHidden() / 2)),
        Math.max(1, network().nLayers() - 1));
  }

  private NetShape decoderShape(int hidden, int layers) {
    return new NetShape(
        jointLatent + categories.continuous(),
        CategoryCounts.oneHotColumns(decoderKeys()),
        hidden,
        layers,
        network().useLayerNorm().inDecoder(),
        network().useBatchNorm().inDecoder(),
        0,
        false);
  }
}
