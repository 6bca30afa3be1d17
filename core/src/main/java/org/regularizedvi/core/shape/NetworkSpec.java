package org.regularizedvi.core.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.NetworkConfig;

/** A model's size and options: its modalities, and how they share a latent representation. */
public record NetworkSpec(List<ModalitySpec> modalities, LatentConfig latent) {
  public NetworkSpec {
    modalities = List.copyOf(modalities);
  }

  /** A model of one modality. */
  public static NetworkSpec single(ModalitySpec modality) {
    return new NetworkSpec(List.of(modality), LatentConfig.defaults());
  }

  /**
   * A model of named modalities.
   *
   * @param features number of features of each, in the model's order
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
                  config.options().terms().learnableModalityScaling(),
                  config.lrMultiplier(name))));
    }
    return new NetworkSpec(specs, latent);
  }

  /**
   * The stack of layers of an encoder of all modalities: as wide and deep as the widest and deepest
   * of theirs.
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
        network.dropoutRate(),
        network.dropoutOnInput());
  }

  /** The encoders of z, in the order of their modalities: one each, or one that sees all. */
  public List<LatentEncoder> latentEncoders() {
    List<Integer> places = modalities.stream().map(ModalitySpec::index).toList();
    return latent.mode() == LatentMode.SINGLE_ENCODER
        ? List.of(new LatentEncoder(places))
        : places.stream().map(place -> new LatentEncoder(List.of(place))).toList();
  }

  /** Whether each of several modalities has a slice of z of its own. */
  public boolean sideBySide() {
    return modalities.size() > 1 && latent.mode() == LatentMode.CONCATENATION;
  }

  /** Dimensions of the z that all decoders get. */
  public int jointLatent() {
    return modalities.getFirst().jointLatent();
  }

  /** What all modalities have in common is that of the first. */
  public ModelConfig config() {
    return modalities.getFirst().config();
  }
}
