package org.regularizedvi.core.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Records;

/**
 * Holds what the modalities of a model do not have in common: values by the modality's name, which
 * stand in place of the shared ones.
 *
 * @param latent how the modalities share a latent representation
 * @param nHidden units of a hidden layer, for modalities that have their own number
 * @param nLatent dimensions of the latent representation, for modalities that have their own number
 * @param nLayers hidden layers of encoder and decoder each, for modalities that have their own
 *     number
 * @param dispersion whether a feature has one inverse dispersion or one per group, for modalities
 *     that have their own kind
 * @param decoders what the decoders of modalities do not have in common
 * @param terms which modalities have which terms
 * @param modalityLrMultiplier factors on the learning rate of a modality's parameters, above 0; 1
 *     for modalities that are not named
 */
public record MultimodalOptions(
    LatentConfig latent,
    @Option(byModality = true) Map<String, Integer> nHidden,
    @Option(byModality = true) Map<String, Integer> nLatent,
    @Option(byModality = true) Map<String, Integer> nLayers,
    @Option(byModality = true) Map<String, Dispersion> dispersion,
    DecodersByModality decoders,
    ModalityTerms terms,
    @Option(
            help = "Factors on the learning rate of modalities",
            standard = "1 each",
            python = Option.Python.NONE)
        Map<String, Double> modalityLrMultiplier) {
  /**
   * Keeps copies in the order of the names, which nobody can change, and checks the factors.
   *
   * @throws org.regularizedvi.input.InputException when a factor on a learning rate is not positive
   */
  public MultimodalOptions {
    nHidden = sorted(nHidden);
    nLatent = sorted(nLatent);
    nLayers = sorted(nLayers);
    dispersion = sorted(dispersion);
    modalityLrMultiplier = sorted(modalityLrMultiplier);
    modalityLrMultiplier.values().forEach(v -> Checks.positive("modality_lr_multiplier", v));
  }

  /** {@return latents side by side, a background for rna, scaling for atac, and all else shared} */
  public static MultimodalOptions defaults() {
    return new MultimodalOptions(
        LatentConfig.defaults(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        DecodersByModality.defaults(),
        ModalityTerms.defaults(),
        Map.of());
  }

  /**
   * {@return the same with another way to share a latent representation}
   *
   * @param chosen how the modalities share it
   */
  public MultimodalOptions with(LatentConfig chosen) {
    return Records.with(this, "latent", chosen);
  }

  /**
   * {@return the same with other terms}
   *
   * @param chosen which modalities have which terms
   */
  public MultimodalOptions with(ModalityTerms chosen) {
    return Records.with(this, "terms", chosen);
  }

  /**
   * {@return the same with other decoders}
   *
   * @param chosen what the decoders of modalities do not have in common
   */
  public MultimodalOptions with(DecodersByModality chosen) {
    return Records.with(this, "decoders", chosen);
  }

  /**
   * {@return the same with other sizes of the latent representation}
   *
   * @param dimensions the number of dimensions by the modality's name
   */
  public MultimodalOptions withNLatent(Map<String, Integer> dimensions) {
    return Records.with(this, "nLatent", dimensions);
  }

  /**
   * {@return the same with other factors on learning rates}
   *
   * @param factors the factors by the modality's name, above 0
   */
  public MultimodalOptions withModalityLrMultiplier(Map<String, Double> factors) {
    return Records.with(this, "modalityLrMultiplier", factors);
  }

  /** {@return the names of those options that differ from the defaults} */
  public List<String> given() {
    Map<Declared, Object> defaults = Options.values(defaults());
    return Options.values(this).entrySet().stream()
        .filter(option -> !option.getValue().equals(defaults.get(option.getKey())))
        .map(Map.Entry::getKey)
        .map(
            option -> option.said().byModality() ? option.name() + " of a modality" : option.name())
        .toList();
  }

  /**
   * {@return the values that single modalities have of options of all, by the option's name and
   * then by the modality's}
   */
  public Map<String, Map<?, ?>> byModality() {
    Map<String, Map<?, ?>> named = new HashMap<>();
    Options.values(this)
        .forEach(
            (option, value) -> {
              if (option.said().byModality()) {
                named.put(option.name(), (Map<?, ?>) value);
              }
            });
    return named;
  }

  static <T> Map<String, T> sorted(Map<String, T> values) {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
