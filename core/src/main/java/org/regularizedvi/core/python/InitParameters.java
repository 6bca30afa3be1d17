package org.regularizedvi.core.python;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.prior.GammaPrior;

/**
 * Writes {@code init_params_}: the arguments of the Python class. Those that only its later version
 * takes are written when one of them differs from what the published version does.
 */
final class InitParameters {
  private static final PyValue NONE = new PyValue.Nothing();

  private final ModelConfig config;
  private final Optional<MultimodalOptions> multimodal;
  private final List<String> modalities;
  private final boolean residual;
  private final PyValue.Dict options = new PyValue.Dict();

  private InitParameters(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      List<String> modalities,
      boolean residual) {
    this.config = config;
    this.multimodal = multimodal;
    this.modalities = modalities;
    this.residual = residual;
  }

  /**
   * @param residual whether the library encoder is residual, which a size factor rules out
   */
  static PyValue of(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      List<String> modalities,
      boolean residual) {
    return new InitParameters(config, multimodal, modalities, residual).write();
  }

  /** Whether only the later version of the package has such a model. */
  static boolean later(ModelConfig config, boolean residual) {
    return residual
        || !config.starts().equals(StartConfig.published())
        || !config.penalties().equals(PenaltyConfig.published());
  }

  private PyValue write() {
    NetworkConfig network = config.network();
    sizes(network);
    put("dropout_rate", network.dropoutRate());
    multimodal.ifPresent(this::modalities);
    if (multimodal.isEmpty()) {
      put("gene_likelihood", "gamma_poisson");
    }
    GenerativeConfig generative = config.generative();
    if (multimodal.isEmpty() || generative.latentDistribution() != LatentDistribution.NORMAL) {
      put("latent_distribution", InitOptions.python(generative.latentDistribution()));
    }
    put("library_n_hidden", network.libraryNHidden());
    put("scale_activation", InitOptions.python(generative.scaleActivation()));
    put("use_batch_in_decoder", generative.useBatchInDecoder());
    if (multimodal.isEmpty()) {
      put("use_additive_background", generative.useAdditiveBackground());
      put("use_feature_scaling", generative.useFeatureScaling());
      for (String start :
          List.of(
              "px_r_init_mean", "px_r_init_std", "additive_bg_init_mean", "additive_bg_init_std")) {
        options.with(start, NONE);
      }
    }
    put("use_batch_norm", InitOptions.python(network.useBatchNorm()));
    put("use_layer_norm", InitOptions.python(network.useLayerNorm()));
    put("compute_pearson", false);
    priors();
    if (later(config, residual)) {
      laterOptions();
    }
    PyValue.Dict more = new PyValue.Dict();
    if (network.dropoutOnInput()) {
      more.with(
          "extra_encoder_kwargs",
          new PyValue.Dict().with("dropout_on_input", new PyValue.Truth(true)));
    }
    return new PyValue.Dict()
        .with("kwargs", new PyValue.Dict().with("kwargs", more))
        .with("non_kwargs", options);
  }

  private void sizes(NetworkConfig network) {
    MultimodalOptions own = multimodal.orElse(MultimodalOptions.defaults());
    put("n_hidden", whole(network.nHidden(), own.nHidden()));
    put("n_latent", whole(network.nLatent(), own.nLatent()));
    put("n_layers", whole(network.nLayers(), own.nLayers()));
    PyValue dispersion = dispersion(config.generative());
    if (!own.dispersion().isEmpty()) {
      PyValue.Dict byName = new PyValue.Dict();
      MultimodalConfig whole = new MultimodalConfig(config, own);
      modalities.forEach(name -> byName.with(name, dispersion(whole.of(name).generative())));
      dispersion = byName;
    }
    put("dispersion", dispersion);
  }

  private PyValue whole(int shared, Map<String, Integer> named) {
    if (named.isEmpty()) {
      return new PyValue.Whole(shared);
    }
    PyValue.Dict byName = new PyValue.Dict();
    modalities.forEach(
        name -> byName.with(name, new PyValue.Whole(named.getOrDefault(name, shared))));
    return byName;
  }

  private static PyValue dispersion(GenerativeConfig generative) {
    return new PyValue.Text(InitOptions.python(generative.dispersion()).replace('_', '-'));
  }

  private void modalities(MultimodalOptions own) {
    put("latent_mode", InitOptions.python(own.latent().mode()));
    put("modality_weights", InitOptions.python(own.latent().weights()));
    MultimodalConfig whole = new MultimodalConfig(config, own);
    put(
        "additive_background_modalities",
        texts(
            modalities.stream()
                .filter(name -> whole.of(name).generative().useAdditiveBackground())
                .toList()));
    put(
        "feature_scaling_modalities",
        texts(
            modalities.stream()
                .filter(name -> whole.of(name).generative().useFeatureScaling())
                .toList()));
    put("learnable_modality_scaling", own.terms().learnableModalityScaling());
    put("modality_scale_prior_concentration", InitOptions.SCALE_CONCENTRATION);
  }

  private void priors() {
    PriorConfig priors = config.priors();
    put("library_log_vars_weight", priors.libraryLogVarsWeight());
    put(
        "library_log_means_centering_sensitivity",
        optional(priors.libraryLogMeansCenteringSensitivity()));
    put("regularise_dispersion", priors.regulariseDispersion());
    put("dispersion_hyper_prior_alpha", priors.dispersionHyperPrior().alpha());
    if (later(config, residual)) {
      put("dispersion_hyper_prior_mean", priors.dispersionHyperPrior().mean());
    } else {
      put("regularise_dispersion_prior", priors.dispersionHyperPrior().rate());
      put("dispersion_hyper_prior_beta", priors.dispersionHyperPrior().gamma().beta());
    }
    put("regularise_background", priors.regulariseBackground());
    gamma("additive_bg_prior", priors.background());
    gamma("feature_scaling_prior", priors.featureScaling());
  }

  private void laterOptions() {
    put("residual_library_encoder", residual);
    put("library_obs_w_prior_rate", config.library().libraryObsWPriorRate());
    StartConfig starts = config.starts();
    put(
        "init_decoder_bias",
        starts.initDecoderBias() == DecoderBias.NONE
            ? NONE
            : new PyValue.Text(InitOptions.python(starts.initDecoderBias())));
    put("bg_init_gene_fraction", optional(starts.bgInitGeneFraction()));
    put("dispersion_init", InitOptions.python(starts.dispersionInit()));
    put("dispersion_init_bio_frac", starts.dispersionInitBioFrac());
    PenaltyConfig penalties = config.penalties();
    put("decoder_weight_l2", penalties.decoderWeightL2());
    put("decoder_cov_weight_l2", penalties.decoderCovWeightL2());
    put("decoder_hidden_l1", penalties.decoderHiddenL1());
  }

  private void gamma(String name, GammaPrior prior) {
    put(name + "_alpha", prior.alpha());
    put(name + "_beta", prior.beta());
  }

  static PyValue texts(List<String> texts) {
    return PyValue.Sequence.of(texts.stream().map(PyValue.Text::new).toList());
  }

  private static PyValue optional(OptionalDouble value) {
    return value.isPresent() ? new PyValue.Real(value.getAsDouble()) : NONE;
  }

  private void put(String name, PyValue value) {
    options.with(name, value);
  }

  private void put(String name, double value) {
    put(name, new PyValue.Real(value));
  }

  private void put(String name, int value) {
    put(name, new PyValue.Whole(value));
  }

  private void put(String name, boolean value) {
    put(name, new PyValue.Truth(value));
  }

  private void put(String name, String value) {
    put(name, new PyValue.Text(value));
  }
}
