package org.regularizedvi.core.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;

/**
 * Holds everything that makes a model of several modalities what it is, apart from its data and
 * keys.
 *
 * @param shared what holds for a modality unless {@code options} say otherwise
 * @param options what the modalities do not have in common, and how they share a latent
 *     representation
 */
public record MultimodalConfig(ModelConfig shared, MultimodalOptions options) {
  /** {@return the recommended model for every modality, with latents side by side} */
  public static MultimodalConfig recommended() {
    return new MultimodalConfig(ModelConfig.recommended(), MultimodalOptions.defaults());
  }

  /**
   * {@return the same with other options by modality}
   *
   * @param chosen what the modalities do not have in common
   */
  public MultimodalConfig with(MultimodalOptions chosen) {
    return new MultimodalConfig(shared, chosen);
  }

  /**
   * {@return the configuration of one modality: its own values where it has some, else the shared
   * ones}
   *
   * @param modality the name of the modality
   */
  public ModelConfig of(String modality) {
    Map<String, Map<?, ?>> named = options.byModality();
    ModelConfig own =
        Options.map(
            shared,
            (option, standing) ->
                named.containsKey(option.name()) && named.get(option.name()).containsKey(modality)
                    ? own(option, named.get(option.name()).get(modality))
                    : standing);
    GenerativeConfig generative = own.generative();
    ModalityTerms terms = options.terms();
    return own.with(
        generative.withTerms(
            generative.useAdditiveBackground() && terms.background(modality),
            generative.useFeatureScaling() && terms.scaling(modality)));
  }

  /**
   * {@return the options of one modality of a model}
   *
   * @param shared those of the whole model
   * @param several what its modalities do not have in common, in a model of several
   * @param modality its name; empty in a model of one
   */
  public static ModelConfig of(
      ModelConfig shared, Optional<MultimodalOptions> several, String modality) {
    return several
        .map(options -> new MultimodalConfig(shared, options).of(modality))
        .orElse(shared);
  }

  private static Object own(Declared option, Object value) {
    return option.form() == Declared.Form.OPTIONAL ? Optional.of(value) : value;
  }

  /**
   * {@return the same with the modalities of each term by name, also where they were left out}
   *
   * @param modalities the names of all modalities
   */
  public MultimodalConfig resolved(List<String> modalities) {
    return with(
        options.with(
            new ModalityTerms(
                Optional.of(
                    modalities.stream()
                        .filter(name -> of(name).generative().useAdditiveBackground())
                        .toList()),
                Optional.of(
                    modalities.stream()
                        .filter(name -> of(name).generative().useFeatureScaling())
                        .toList()),
                options.terms().learnableModalityScaling(),
                options.terms().modalityScalePriorConcentration())));
  }

  /**
   * {@return the factor on a modality's learning rate, 1 where none was given}
   *
   * @param modality the name of the modality
   */
  public double lrMultiplier(String modality) {
    return options.modalityLrMultiplier().getOrDefault(modality, 1.0);
  }

  /**
   * Checks that the options fit the modalities.
   *
   * @param modalities the names of the model's modalities
   * @throws InputException when an option names another one, or the mean of latents of unequal size
   *     is asked for
   */
  public void requireFor(List<String> modalities) {
    Options.values(options)
        .forEach(
            (option, value) ->
                named(value).stream()
                    .filter(name -> !modalities.contains(name))
                    .findFirst()
                    .ifPresent(
                        name -> {
                          throw new InputException(
                              "%s names the modality '%s', but the model's are %s."
                                  .formatted(option.name(), name, String.join(", ", modalities)));
                        }));
    if (options.latent().mode() == LatentMode.SINGLE_ENCODER) {
      requireForSingleEncoder();
    }
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

  private void requireForSingleEncoder() {
    if (shared.latentPrior().scaled()
        || shared.starts().encoders().useModalityBalancedEncoderInit()) {
      throw new InputException(
          "latent_mode single-encoder has no encoders of single modalities, for which use_ard_z_sigma_scale, horseshoe_latent_z_prior_type and use_modality_balanced_encoder_init are; expected another mode.");
    }
  }

  /**
   * Lists the modalities that an option's value names: those of a list, or with their own values.
   */
  private static Collection<?> named(Object value) {
    return switch (value) {
      case Map<?, ?> byModality -> byModality.keySet();
      case Optional<?> list when list.isPresent() -> (List<?>) list.get();
      default -> List.of();
    };
  }
}
