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
 * What the modalities of a model do not have in common: values by the modality's name, which stand
 * in place of the shared ones.
 *
 * @param modalityLrMultiplier factor on the learning rate of a modality's parameters
 */
public record MultimodalOptions(
    LatentConfig latent,
    @Option(byModality = true) Map<String, Integer> nHidden,
    @Option(byModality = true) Map<String, Integer> nLatent,
    @Option(byModality = true) Map<String, Integer> nLayers,
    @Option(byModality = true) Map<String, Dispersion> dispersion,
    ModalityTerms terms,
    @Option(
            help = "Factors on the learning rate of modalities",
            standard = "1 each",
            python = Option.Python.NONE)
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
    return Records.with(this, "latent", chosen);
  }

  public MultimodalOptions with(ModalityTerms chosen) {
    return Records.with(this, "terms", chosen);
  }

  public MultimodalOptions withNLatent(Map<String, Integer> dimensions) {
    return Records.with(this, "nLatent", dimensions);
  }

  public MultimodalOptions withModalityLrMultiplier(Map<String, Double> factors) {
    return Records.with(this, "modalityLrMultiplier", factors);
  }

  /** The names of those options that differ from the defaults. */
  public List<String> given() {
    Map<Declared, Object> defaults = Options.values(defaults());
    return Options.values(this).entrySet().stream()
        .filter(option -> !option.getValue().equals(defaults.get(option.getKey())))
        .map(Map.Entry::getKey)
        .map(
            option -> option.said().byModality() ? option.name() + " of a modality" : option.name())
        .toList();
  }

  /** Returns the values that single modalities have of options of all, by the option's name. */
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

  private static <T> Map<String, T> sorted(Map<String, T> values) {
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
