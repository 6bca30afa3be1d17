package org.regularizedvi.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LibraryConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PlateauConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.store.StoredModality;
import org.regularizedvi.core.store.StoredModel;

/** Every option of a model and its training by its Python name; those not given are left out. */
public final class OptionTree {
  private final SequencedMap<String, Tree> options = new LinkedHashMap<>();

  private OptionTree() {}

  public static Tree of(StoredModel.Setup setup, Optional<TrainConfig> training) {
    ModelConfig model = setup.config();
    OptionTree tree = new OptionTree();
    tree.put("preset", model.preset());
    tree.keys(setup.schema().keys());
    tree.network(model.network());
    tree.generative(model.generative());
    tree.library(model.library());
    tree.priors(model.priors());
    tree.starts(model.starts());
    tree.penalties(model.penalties());
    setup
        .multimodal()
        .ifPresent(
            options -> tree.multimodal(new MultimodalConfig(model, options), setup.modalities()));
    training.ifPresent(tree::training);
    return new Tree.Dict(tree.options);
  }

  /** A modality's own values go beside the shared one, by its name. */
  private void multimodal(MultimodalConfig all, List<StoredModality> modalities) {
    MultimodalOptions multimodal = all.options();
    List<String> names = modalities.stream().map(StoredModality::name).toList();
    put("modalities", names);
    put("latent_mode", multimodal.latent().mode());
    put("modality_weights", multimodal.latent().weights());
    put(
        "additive_background_modalities",
        names.stream().filter(n -> all.of(n).generative().useAdditiveBackground()).toList());
    put(
        "feature_scaling_modalities",
        names.stream().filter(n -> all.of(n).generative().useFeatureScaling()).toList());
    put("learnable_modality_scaling", multimodal.terms().learnableModalityScaling());
    multimodal.nHidden().forEach((name, n) -> put("n_hidden_" + name, n));
    multimodal.nLatent().forEach((name, n) -> put("n_latent_" + name, n));
    multimodal.nLayers().forEach((name, n) -> put("n_layers_" + name, n));
    multimodal.dispersion().forEach((name, kind) -> put("dispersion_" + name, kind));
    multimodal
        .modalityLrMultiplier()
        .forEach((name, factor) -> put("modality_lr_multiplier_" + name, factor));
  }

  private void keys(CovariateKeys keys) {
    put("batch_key", keys.batchKey());
    put("ambient_covariate_keys", keys.ambientCovariateKeys());
    put("nn_conditioning_covariate_keys", keys.nnConditioningCovariateKeys());
    put("nn_continuous_covariate_keys", keys.nnContinuousCovariateKeys());
    put("feature_scaling_covariate_keys", keys.featureScalingCovariateKeys());
    put("dispersion_key", keys.dispersionKey());
    put("library_size_key", keys.librarySizeKey());
    put("encoder_covariate_keys", keys.encoderCovariateKeys());
    put("size_factor_key", keys.sizeFactorKey());
  }

  private void network(NetworkConfig network) {
    put("n_hidden", network.nHidden());
    put("n_latent", network.nLatent());
    put("n_layers", network.nLayers());
    put("library_n_hidden", network.libraryNHidden());
    put("dropout_rate", network.dropoutRate());
    put("dropout_on_input", network.dropoutOnInput());
    put("use_layer_norm", network.useLayerNorm());
    put("use_batch_norm", network.useBatchNorm());
  }

  private void generative(GenerativeConfig generative) {
    put("dispersion", generative.dispersion());
    put("latent_distribution", generative.latentDistribution());
    put("scale_activation", generative.scaleActivation());
    put("use_additive_background", generative.useAdditiveBackground());
    put("use_feature_scaling", generative.useFeatureScaling());
    put("use_batch_in_decoder", generative.useBatchInDecoder());
  }

  private void priors(PriorConfig priors) {
    put("regularise_dispersion", priors.regulariseDispersion());
    put("regularise_background", priors.regulariseBackground());
    put("dispersion_hyper_prior_mean", priors.dispersionHyperPrior().mean());
    put("dispersion_hyper_prior_alpha", priors.dispersionHyperPrior().alpha());
    put("additive_bg_prior", priors.background());
    put("feature_scaling_prior", priors.featureScaling());
    put("library_log_vars_weight", priors.libraryLogVarsWeight());
    put("library_log_means_centering_sensitivity", priors.libraryLogMeansCenteringSensitivity());
  }

  private void library(LibraryConfig library) {
    put("residual_library_encoder", library.residualLibraryEncoder());
    put("library_obs_w_prior_rate", library.libraryObsWPriorRate());
  }

  private void starts(StartConfig starts) {
    put("init_decoder_bias", starts.initDecoderBias());
    put("bg_init_gene_fraction", starts.bgInitGeneFraction());
    put("dispersion_init", starts.dispersionInit());
    put("dispersion_init_bio_frac", starts.dispersionInitBioFrac());
  }

  private void penalties(PenaltyConfig penalties) {
    put("decoder_weight_l2", penalties.decoderWeightL2());
    put("decoder_cov_weight_l2", penalties.decoderCovWeightL2());
    put("decoder_hidden_l1", penalties.decoderHiddenL1());
  }

  private void training(TrainConfig training) {
    training.maxEpochs().ifPresent(epochs -> put("max_epochs", epochs));
    put("batch_size", training.batchSize());
    put("train_size", training.trainSize());
    training.nEpochsKlWarmup().ifPresent(epochs -> put("n_epochs_kl_warmup", epochs));
    put("lr", training.optimiser().lr());
    put("lr_schedule", training.optimiser().lrSchedule());
    put("eps", training.optimiser().eps());
    put("weight_decay", training.optimiser().weightDecay());
    put("early_stopping", training.earlyStopping().isPresent());
    training.earlyStopping().ifPresent(this::earlyStopping);
    put("reduce_lr_on_plateau", training.plateau().isPresent());
    training.plateau().ifPresent(this::plateau);
    put("compute_pearson", training.computePearson());
    put("precision", training.precision());
  }

  private void earlyStopping(EarlyStoppingConfig stopping) {
    put("early_stopping_patience", stopping.patience());
    put("early_stopping_min_delta_per_feature", stopping.minDeltaPerFeature());
  }

  private void plateau(PlateauConfig plateau) {
    put("lr_factor", plateau.factor());
    put("lr_patience", plateau.patience());
    put("lr_threshold", plateau.threshold());
    put("lr_min", plateau.minimum());
  }

  private void put(String name, long value) {
    options.put(name, new Tree.Whole(value));
  }

  private void put(String name, double value) {
    options.put(name, new Tree.Real(value));
  }

  private void put(String name, OptionalDouble value) {
    options.put(
        name, value.isPresent() ? new Tree.Real(value.getAsDouble()) : new Tree.Text("none"));
  }

  private void put(String name, boolean value) {
    options.put(name, new Tree.Flag(value));
  }

  private void put(String name, Enum<?> value) {
    options.put(name, new Tree.Text(value.name().toLowerCase(Locale.ROOT).replace('_', '-')));
  }

  private void put(String name, GammaPrior prior) {
    put(name + "_alpha", prior.alpha());
    put(name + "_beta", prior.beta());
  }

  private void put(String name, Optional<String> value) {
    value.ifPresent(text -> options.put(name, new Tree.Text(text)));
  }

  private void put(String name, List<String> values) {
    if (!values.isEmpty()) {
      options.put(name, new Tree.Texts(values));
    }
  }
}
