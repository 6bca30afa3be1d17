package org.regularizedvi.core.shape;

import java.util.stream.IntStream;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;

/**
 * One modality's part of a model: its size, its options, the names of its parameters.
 *
 * @param index place among the modalities
 * @param features number of features G
 * @param jointLatent dimensions of the z that its decoder gets, all modalities' together
 */
public record ModalitySpec(
    int index,
    StoredNames names,
    int features,
    int jointLatent,
    ModelConfig config,
    CategoryCounts categories,
    Membership membership) {

  /** The only modality of its model. */
  public ModalitySpec(
      int index,
      StoredNames names,
      int features,
      int jointLatent,
      ModelConfig config,
      CategoryCounts categories) {
    this(index, names, features, jointLatent, config, categories, Membership.alone());
  }

  public NetworkConfig network() {
    return config.network();
  }

  public GenerativeConfig generative() {
    return config.generative();
  }

  /** Sizes of the keys whose one-hot columns the decoder sees, the batch first when it does. */
  public int[] decoderKeys() {
    return generative().useBatchInDecoder()
        ? IntStream.concat(
                IntStream.of(categories.batch()), IntStream.of(categories.conditioning()))
            .toArray()
        : categories.conditioning();
  }

  public NetShape encoder() {
    return encoderShape(network().nHidden(), network().nLayers());
  }

  public NetShape libraryEncoder() {
    return encoderShape(network().libraryNHidden(), 1);
  }

  private NetShape encoderShape(int hidden, int layers) {
    return new NetShape(
        features + categories.continuous(),
        CategoryCounts.oneHotColumns(categories.encoder()),
        hidden,
        layers,
        network().useLayerNorm().inEncoder(),
        network().useBatchNorm().inEncoder(),
        network().dropoutRate(),
        network().dropoutOnInput());
  }

  public NetShape decoder() {
    return new NetShape(
        jointLatent + categories.continuous(),
        CategoryCounts.oneHotColumns(decoderKeys()),
        network().nHidden(),
        network().nLayers(),
        network().useLayerNorm().inDecoder(),
        network().useBatchNorm().inDecoder(),
        0,
        false);
  }
}
