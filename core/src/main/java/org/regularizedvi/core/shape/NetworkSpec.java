package org.regularizedvi.core.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.NetworkConfig;

/**
 * Holds the size and options of a model.
 *
 * @param modalities its modalities
 * @param latent how they share a latent representation
 */
public record NetworkSpec(List<ModalitySpec> modalities, LatentConfig latent) {
  /** Keeps copies, which nobody can change. */
  public NetworkSpec {
    modalities = List.copyOf(modalities);
  }

  /**
   * {@return a model of one modality}
   *
   * @param modality the modality
   */
  public static NetworkSpec single(ModalitySpec modality) {
    return new NetworkSpec(List.of(modality), LatentConfig.defaults());
  }

  /**
   * {@return a model of named modalities}
   *
   * @param config the options
   * @param features the number of features of each modality, by name, in the model's order
   * @param categories the numbers of categories
   */
  public static NetworkSpec of(
      MultimodalConfig config, SequencedMap<String, Integer> features, CategoryCounts categories) {
    config.requireFor(List.copyOf(features.keySet()));
    LatentConfig latent = config.options().latent();
    int sum = 0;
    for (String name : features.keySet()) {
      int own = config.of(name).network().nLatent();
      sum = latent.mode() == LatentMode.WEIGHTED_MEAN ? own : sum + own;
    }
    List<ModalitySpec> specs = new ArrayList<>();
    for (String name : features.keySet()) {
      specs.add(
          new ModalitySpec(
              specs.size(),
              StoredNames.of(name),
              features.get(name),
              sum,
              config.of(name),
              categories,
              new Membership(
                  latent.mode() != LatentMode.SINGLE_ENCODER,
                  config.options().terms().learnedScale(),
                  config.lrMultiplier(name))));
    }
    return new NetworkSpec(specs, latent);
  }

  /**
   * {@return the stack of layers of an encoder of all modalities, as wide and deep as the widest
   * and deepest of theirs}
   */
  public NetShape jointEncoder() {
    ModalitySpec first = modalities.getFirst();
    NetworkConfig network = first.network();
    int inputs = modalities.stream().mapToInt(spec -> spec.encoder().inputs()).sum();
    int hidden = modalities.stream().mapToInt(spec -> spec.network().nHidden()).max().orElseThrow();
    int layers = modalities.stream().mapToInt(spec -> spec.network().nLayers()).max().orElseThrow();
    return new NetShape(
        inputs,
        first.encoder().oneHot(),
        hidden,
        layers,
        network.useLayerNorm().inEncoder(),
        network.useBatchNorm().inEncoder(),
        network.dropoutRate().orElseThrow(),
        network.dropoutOnInput());
  }

  /**
   * {@return the encoders of z, in the order of their modalities: one for each, or one that sees
   * all}
   */
  public List<LatentEncoder> latentEncoders() {
    List<Integer> places = modalities.stream().map(ModalitySpec::index).toList();
    return latent.mode() == LatentMode.SINGLE_ENCODER
        ? List.of(new LatentEncoder(places))
        : places.stream().map(place -> new LatentEncoder(List.of(place))).toList();
  }

  /** {@return whether each of several modalities has a slice of z of its own} */
  public boolean sideBySide() {
    return modalities.size() > 1 && latent.mode() == LatentMode.CONCATENATION;
  }

  /** {@return the number of dimensions of the z that all decoders get} */
  public int jointLatent() {
    return modalities.getFirst().jointLatent();
  }

  /** {@return the options that all modalities have in common, which are those of the first} */
  public ModelConfig config() {
    return modalities.getFirst().config();
  }
}
