package org.regularizedvi.core.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.regularizedvi.input.InputException;

/**
 * Everything that makes a model of several modalities what it is, apart from its data and keys.
 *
 * @param shared what holds for a modality unless {@code options} say otherwise
 */
public record MultimodalConfig(ModelConfig shared, MultimodalOptions options) {
  public static MultimodalConfig recommended() {
    return new MultimodalConfig(ModelConfig.recommended(), MultimodalOptions.defaults());
  }

  public MultimodalConfig with(MultimodalOptions chosen) {
    return new MultimodalConfig(shared, chosen);
  }

  /** The configuration of one modality. */
  public ModelConfig of(String modality) {
    NetworkConfig network = shared.network();
    GenerativeConfig generative = shared.generative();
    ModalityTerms terms = options.terms();
    return shared
        .with(
            network.withSize(
                options.nHidden().getOrDefault(modality, network.nHidden()),
                options.nLatent().getOrDefault(modality, network.nLatent()),
                options.nLayers().getOrDefault(modality, network.nLayers())))
        .with(
            new GenerativeConfig(
                options.dispersion().getOrDefault(modality, generative.dispersion()),
                generative.latentDistribution(),
                generative.scaleActivation(),
                generative.useAdditiveBackground() && terms.background(modality),
                generative.useFeatureScaling() && terms.scaling(modality),
                generative.useBatchInDecoder()));
  }

  /** The factor on a modality's learning rate. */
  public double lrMultiplier(String modality) {
    return options.modalityLrMultiplier().getOrDefault(modality, 1.0);
  }

  /**
   * Checks that the options fit the modalities.
   *
   * @throws InputException when an option names another one, or the mean of latents of unequal size
   *     is asked for
   */
  public void requireFor(List<String> modalities) {
    Map<String, Collection<String>> named = new LinkedHashMap<>();
    named.put("n_hidden", options.nHidden().keySet());
    named.put("n_latent", options.nLatent().keySet());
    named.put("n_layers", options.nLayers().keySet());
    named.put("dispersion", options.dispersion().keySet());
    ModalityTerms terms = options.terms();
    named.put(
        "additive_background_modalities", terms.additiveBackgroundModalities().orElse(List.of()));
    named.put("feature_scaling_modalities", terms.featureScalingModalities().orElse(List.of()));
    named.put("modality_lr_multiplier", options.modalityLrMultiplier().keySet());
    named.forEach(
        (option, names) -> {
          for (String name : names) {
            if (!modalities.contains(name)) {
              throw new InputException(
                  "%s names the modality '%s', but the model's are %s."
                      .formatted(option, name, String.join(", ", modalities)));
            }
          }
        });
    if (options.latent().mode() == LatentMode.WEIGHTED_MEAN
        && modalities.stream().map(m -> of(m).network().nLatent()).distinct().count() > 1) {
      throw new InputException(
          "latent_mode weighted-mean needs the same n_latent for all modalities, but it is %s."
              .formatted(
                  modalities.stream()
                      .map(m -> "%d for %s".formatted(of(m).network().nLatent(), m))
                      .collect(Collectors.joining(", "))));
    }
  }
}
