package org.regularizedvi.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;

/** Init options as the Python package names them, with its defaults. */
final class GoldenConfig {
  private static final Set<String> KNOWN =
      Set.of(
          "n_hidden",
          "n_latent",
          "n_layers",
          "library_n_hidden",
          "dropout_rate",
          "extra_encoder_kwargs",
          "use_layer_norm",
          "use_batch_norm",
          "dispersion",
          "latent_distribution",
          "scale_activation",
          "use_additive_background",
          "use_feature_scaling",
          "use_batch_in_decoder",
          "regularise_dispersion",
          "regularise_background",
          "dispersion_hyper_prior_alpha",
          "dispersion_hyper_prior_beta",
          "decoder_weight_l2",
          "decoder_cov_weight_l2",
          "decoder_hidden_l1",
          "latent_mode",
          "modality_weights",
          "learnable_modality_scaling",
          "additive_bg_prior_alpha",
          "additive_bg_prior_beta",
          "feature_scaling_prior_alpha",
          "feature_scaling_prior_beta",
          // Only in the stored buffers, which are given:
          "library_log_vars_weight",
          "library_log_means_centering_sensitivity");

  private GoldenConfig() {}

  /**
   * @param newer whether the package's later version computed the case, whose defaults are the
   *     recommended ones
   */
  static MultimodalConfig of(JsonNode init, boolean newer) {
    for (Iterator<String> names = init.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException("Unknown init option " + name);
      }
    }
    NetworkConfig network =
        new NetworkConfig(
            init.path("n_hidden").asInt(128),
            init.path("n_latent").asInt(10),
            init.path("n_layers").asInt(1),
            init.path("library_n_hidden").asInt(16),
            init.path("dropout_rate").asDouble(0.1),
            init.path("extra_encoder_kwargs").path("dropout_on_input").asBoolean(false),
            choice(NormalisedNetworks.class, init.path("use_layer_norm"), NormalisedNetworks.BOTH),
            choice(NormalisedNetworks.class, init.path("use_batch_norm"), NormalisedNetworks.NONE));
    GenerativeConfig generative =
        new GenerativeConfig(
            choice(Dispersion.class, init.path("dispersion"), Dispersion.GENE_BATCH),
            choice(
                LatentDistribution.class,
                init.path("latent_distribution"),
                LatentDistribution.NORMAL),
            choice(ScaleActivation.class, init.path("scale_activation"), ScaleActivation.SOFTPLUS),
            init.path("use_additive_background").asBoolean(true),
            init.path("use_feature_scaling").asBoolean(true),
            init.path("use_batch_in_decoder").asBoolean(false));
    PriorConfig defaults = PriorConfig.published();
    PriorConfig priors =
        new PriorConfig(
            init.path("regularise_dispersion").asBoolean(true),
            hyperPrior(gamma(init, "dispersion_hyper_prior", new GammaPrior(9, 3))),
            init.path("regularise_background").asBoolean(false),
            gamma(init, "additive_bg_prior", defaults.background()),
            gamma(init, "feature_scaling_prior", defaults.featureScaling()),
            defaults.libraryLogVarsWeight(),
            defaults.libraryLogMeansCenteringSensitivity());
    ModelConfig preset = newer ? ModelConfig.recommended() : ModelConfig.published();
    PenaltyConfig penalties =
        new PenaltyConfig(
            init.path("decoder_weight_l2").asDouble(preset.penalties().decoderWeightL2()),
            init.path("decoder_cov_weight_l2").asDouble(0),
            init.path("decoder_hidden_l1").asDouble(0));
    return new MultimodalConfig(
        preset.with(network).with(generative).with(priors).with(penalties), options(init));
  }

  /** What a number cannot say: those by modality. */
  private static MultimodalOptions options(JsonNode init) {
    ModalityTerms terms =
        new ModalityTerms(
            Optional.empty(),
            Optional.empty(),
            init.path("learnable_modality_scaling").asBoolean(false));
    return new MultimodalOptions(
        new LatentConfig(
            choice(LatentMode.class, init.path("latent_mode"), LatentMode.CONCATENATION),
            choice(ModalityWeights.class, init.path("modality_weights"), ModalityWeights.EQUAL)),
        byModality(init.path("n_hidden")),
        byModality(init.path("n_latent")),
        byModality(init.path("n_layers")),
        Map.of(),
        terms,
        Map.of());
  }

  private static Map<String, Integer> byModality(JsonNode node) {
    Map<String, Integer> values = new HashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asInt()));
    return values;
  }

  private static DispersionHyperPrior hyperPrior(GammaPrior lambda) {
    return new DispersionHyperPrior(lambda.beta() / lambda.alpha(), lambda.alpha());
  }

  private static GammaPrior gamma(JsonNode init, String name, GammaPrior otherwise) {
    return new GammaPrior(
        init.path(name + "_alpha").asDouble(otherwise.alpha()),
        init.path(name + "_beta").asDouble(otherwise.beta()));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, JsonNode node, E otherwise) {
    return node instanceof MissingNode || node.isNull()
        ? otherwise
        : Enum.valueOf(type, node.asText().replace('-', '_').toUpperCase(Locale.ROOT));
  }
}
