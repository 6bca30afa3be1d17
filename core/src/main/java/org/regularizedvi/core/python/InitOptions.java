package org.regularizedvi.core.python;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.LibraryConfig;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.Preset;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.input.InputException;

/**
 * Reads {@code init_params_}: options by the names of the Python package, its published defaults
 * where one is missing. What is given and not known is refused by name.
 */
final class InitOptions {
  /** They say where training started, or what it reported; nothing after it depends on them. */
  private static final Set<String> OF_NO_MORE_USE =
      Set.of(
          "regularise_dispersion_prior",
          "px_r_init_mean",
          "px_r_init_std",
          "additive_bg_init_mean",
          "additive_bg_init_std",
          "compute_pearson");

  /** The only concentration that this program's prior of a modality's factor has. */
  static final double SCALE_CONCENTRATION = 5;

  private final Map<String, Content> given = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>(OF_NO_MORE_USE);
  private final Set<String> tensors;

  private InitOptions(Content init, Set<String> tensors) {
    this.tensors = tensors;
    given.putAll(init.get("non_kwargs").all());
    init.find("kwargs")
        .ifPresent(
            kwargs ->
                kwargs.all().values().stream()
                    .filter(Content::isDict)
                    .forEach(more -> given.putAll(more.all())));
  }

  /** A model's options. */
  record Read(ModelConfig config, MultimodalOptions multimodal) {}

  /**
   * @param tensors names of the tensors, which tell whether the library encoder is residual where
   *     no option does
   * @throws InputException naming an option that is not known or has no such value
   */
  static Read read(Content init, Set<String> tensors) {
    InitOptions options = new InitOptions(init, tensors);
    Read read = new Read(options.config(), options.multimodal());
    options.requireAllKnown();
    return read;
  }

  private void requireAllKnown() {
    given.forEach(
        (name, value) -> {
          if (!asked.contains(name) && !value.isNone()) {
            throw new InputException(
                "%s: the model was made with the option '%s', which this program does not know."
                    .formatted(value.source(), name));
          }
        });
  }

  private ModelConfig config() {
    NetworkConfig network =
        new NetworkConfig(
            shared("n_hidden", 128),
            shared("n_latent", 10),
            layers(shared("n_layers", 1)),
            ask("library_n_hidden", Content::integer).orElse(16),
            number("dropout_rate", 0.1),
            dropoutOnInput(),
            choice("use_layer_norm", NormalisedNetworks.BOTH),
            choice("use_batch_norm", NormalisedNetworks.NONE));
    GenerativeConfig generative =
        new GenerativeConfig(
            scalar("dispersion")
                .map(own -> choice(own, Dispersion.class))
                .orElse(Dispersion.GENE_BATCH),
            choice("latent_distribution", LatentDistribution.NORMAL),
            choice("scale_activation", ScaleActivation.SOFTPLUS),
            truth("use_additive_background", true),
            truth("use_feature_scaling", true),
            truth("use_batch_in_decoder", false));
    ask("gene_likelihood", own -> own)
        .filter(own -> !own.text().equals("gamma_poisson"))
        .ifPresent(
            own -> {
              throw own.expected("gamma_poisson");
            });
    boolean residual = tensors.stream().anyMatch(name -> name.startsWith("library_obs_w_mu"));
    PenaltyConfig none = PenaltyConfig.published();
    return new ModelConfig(
        Preset.PUBLISHED,
        network,
        generative,
        new LibraryConfig(
            truth("residual_library_encoder", residual), number("library_obs_w_prior_rate", 1)),
        priors(),
        starts(),
        new PenaltyConfig(
            number("decoder_weight_l2", none.decoderWeightL2()),
            number("decoder_cov_weight_l2", none.decoderCovWeightL2()),
            number("decoder_hidden_l1", none.decoderHiddenL1())));
  }

  private PriorConfig priors() {
    PriorConfig published = PriorConfig.published();
    double alpha = number("dispersion_hyper_prior_alpha", 9);
    double beta = number("dispersion_hyper_prior_beta", 3);
    return new PriorConfig(
        truth("regularise_dispersion", true),
        new DispersionHyperPrior(number("dispersion_hyper_prior_mean", beta / alpha), alpha),
        truth("regularise_background", false),
        gamma("additive_bg_prior", published.background()),
        gamma("feature_scaling_prior", published.featureScaling()),
        number("library_log_vars_weight", 0.5),
        optional("library_log_means_centering_sensitivity"));
  }

  private StartConfig starts() {
    StartConfig published = StartConfig.published();
    return new StartConfig(
        choice("init_decoder_bias", published.initDecoderBias()),
        optional("bg_init_gene_fraction"),
        choice("dispersion_init", published.dispersionInit()),
        number("dispersion_init_bio_frac", published.dispersionInitBioFrac()));
  }

  private MultimodalOptions multimodal() {
    boolean scaled = truth("learnable_modality_scaling", false);
    double concentration = number("modality_scale_prior_concentration", SCALE_CONCENTRATION);
    if (scaled && concentration != SCALE_CONCENTRATION) {
      throw given.get("modality_scale_prior_concentration").expected("5.0");
    }
    return new MultimodalOptions(
        new LatentConfig(
            choice("latent_mode", LatentMode.CONCATENATION),
            choice("modality_weights", ModalityWeights.EQUAL)),
        byModality("n_hidden", Content::integer),
        byModality("n_latent", Content::integer),
        byModality("n_layers", own -> layers(own.integer())),
        byModality("dispersion", own -> choice(own, Dispersion.class)),
        new ModalityTerms(
            ask("additive_background_modalities", Content::texts),
            ask("feature_scaling_modalities", Content::texts),
            scaled),
        Map.of());
  }

  /** No model has more layers than tensors; more would take memory before they are missed. */
  private int layers(int number) {
    if (number > tensors.size()) {
      throw given.get("n_layers").expected("at most the number of tensors");
    }
    return number;
  }

  private boolean dropoutOnInput() {
    Optional<Content> encoder = ask("extra_encoder_kwargs", own -> own);
    encoder.ifPresent(
        own ->
            own.all()
                .forEach(
                    (name, value) -> {
                      if (!name.equals("dropout_on_input") && !value.isNone()) {
                        throw new InputException(
                            "%s: the model was made with the option 'extra_encoder_kwargs %s', which this program does not know."
                                .formatted(own.source(), name));
                      }
                    }));
    return encoder
        .flatMap(own -> own.find("dropout_on_input"))
        .map(Content::truth)
        .orElse(ask("dropout_on_input", Content::truth).orElse(false));
  }

  private <T> Optional<T> ask(String name, Function<Content, T> read) {
    asked.add(name);
    return Optional.ofNullable(given.get(name)).filter(own -> !own.isNone()).map(read);
  }

  /** What is one value for all modalities. */
  private Optional<Content> scalar(String name) {
    return ask(name, own -> own).filter(own -> !own.isDict());
  }

  private int shared(String name, int otherwise) {
    return scalar(name).map(Content::integer).orElse(otherwise);
  }

  private <T> Map<String, T> byModality(String name, Function<Content, T> read) {
    return ask(name, own -> own)
        .filter(Content::isDict)
        .map(own -> own.byName(read))
        .orElse(Map.of());
  }

  private boolean truth(String name, boolean otherwise) {
    return ask(name, Content::truth).orElse(otherwise);
  }

  private double number(String name, double otherwise) {
    return ask(name, Content::number).orElse(otherwise);
  }

  private OptionalDouble optional(String name) {
    return ask(name, Content::number).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private GammaPrior gamma(String name, GammaPrior otherwise) {
    return new GammaPrior(
        number(name + "_alpha", otherwise.alpha()), number(name + "_beta", otherwise.beta()));
  }

  private <E extends Enum<E>> E choice(String name, E otherwise) {
    return ask(name, own -> choice(own, otherwise.getDeclaringClass())).orElse(otherwise);
  }

  private static <E extends Enum<E>> E choice(Content own, Class<E> type) {
    String text = own.text();
    for (E constant : type.getEnumConstants()) {
      if (python(constant).equals(text.replace('-', '_'))) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(InitOptions::python).toList();
    throw own.expected("one of " + String.join(", ", names));
  }

  /** A choice in lower case with underscores. */
  static String python(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
