package org.regularizedvi.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the modalities of a model do not have in common: values by the modality's name, which stand
 * in place of the shared ones.
 *
 * @param modalityLrMultiplier factor on the learning rate of a modality's parameters
 */
public record MultimodalOptions(
    LatentConfig latent,
    Map<String, Integer> nHidden,
    Map<String, Integer> nLatent,
    Map<String, Integer> nLayers,
    Map<String, Dispersion> dispersion,
    ModalityTerms terms,
    Map<String, Double> modalityLrMultiplier) {
  public MultimodalOptions {
    nHidden = sorted(nHidden);
    nLatent = sorted(nLatent);
    nLayers = sorted(nLayers);
    dispersion = sorted(dispersion);
    modalityLrMultiplier = sorted(modalityLrMultiplier);
    modalityLrMultiplier.values().forEach(v -> Checks.positive("modality_lr_multiplier", v));
  }

  /** Latents side by side, background of rna, scaling of atac, all else shared. */
  public static MultimodalOptions defaults() {
    return new MultimodalOptions(
        LatentConfig.defaults(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        ModalityTerms.defaults(),
        Map.of());
  }

  public MultimodalOptions with(LatentConfig chosen) {
    return new MultimodalOptions(
        chosen, nHidden, nLatent, nLayers, dispersion, terms, modalityLrMultiplier);
  }

  public MultimodalOptions with(ModalityTerms chosen) {
    return new MultimodalOptions(
        latent, nHidden, nLatent, nLayers, dispersion, chosen, modalityLrMultiplier);
  }

  public MultimodalOptions withNLatent(Map<String, Integer> dimensions) {
    return new MultimodalOptions(
        latent, nHidden, dimensions, nLayers, dispersion, terms, modalityLrMultiplier);
  }

  public MultimodalOptions withModalityLrMultiplier(Map<String, Double> factors) {
    return new MultimodalOptions(latent, nHidden, nLatent, nLayers, dispersion, terms, factors);
  }

  /** The names of those options that differ from the defaults. */
  public List<String> given() {
    MultimodalOptions defaults = defaults();
    Map<String, Boolean> same = new LinkedHashMap<>();
    same.put("latent_mode", latent.mode() == defaults.latent.mode());
    same.put("modality_weights", latent.weights() == defaults.latent.weights());
    same.put("n_hidden of a modality", nHidden.isEmpty());
    same.put("n_latent of a modality", nLatent.isEmpty());
    same.put("n_layers of a modality", nLayers.isEmpty());
    same.put("dispersion of a modality", dispersion.isEmpty());
    same.put("additive_background_modalities", terms.additiveBackgroundModalities().isEmpty());
    same.put("feature_scaling_modalities", terms.featureScalingModalities().isEmpty());
    same.put("learnable_modality_scaling", !terms.learnableModalityScaling());
    same.put("modality_lr_multiplier", modalityLrMultiplier.isEmpty());
    return same.entrySet().stream().filter(e -> !e.getValue()).map(Map.Entry::getKey).toList();
  }

  private static <T> Map<String, T> sorted(Map<String, T> values) {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
