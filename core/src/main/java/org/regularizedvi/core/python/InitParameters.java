package org.regularizedvi.core.python;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DecoderType;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.ZSparsityPrior;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.options.Declared;
import org.regularizedvi.options.Options;
import org.regularizedvi.options.Spelling;

/**
 * Writes {@code init_params_}: the arguments of the Python class, as one of its versions takes
 * them.
 */
final class InitParameters {
  private static final PyValue NONE = new PyValue.Nothing();

  /** A model of several modalities has lists in place of the terms, and no starts. */
  private static final Set<String> OF_ONE_MODALITY =
      Set.of(
          "use_additive_background",
          "use_feature_scaling",
          "px_r_init_mean",
          "px_r_init_std",
          "additive_bg_init_mean",
          "additive_bg_init_std");

  private final MultimodalConfig config;
  private final List<String> modalities;
  private final boolean multimodal;
  private final PackageVersion version;
  private final boolean newest;
  private final PyValue.Dict options = new PyValue.Dict();
  private final PyValue.Dict more = new PyValue.Dict();

  private InitParameters(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      List<String> modalities,
      PackageVersion version) {
    this.config =
        new MultimodalConfig(config, multimodal.orElse(MultimodalOptions.defaults()))
            .resolved(modalities);
    this.modalities = modalities;
    this.multimodal = multimodal.isPresent();
    this.version = version;
    this.newest = PackageVersion.hasNewest(config);
  }

  /**
   * @param config in which the library encoder is residual only where no size factor rules that out
   */
  static PyValue of(
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      List<String> modalities,
      PackageVersion version) {
    return new InitParameters(config, multimodal, modalities, version).write();
  }

  private PyValue write() {
    Options.values(config.shared()).forEach(this::put);
    if (multimodal) {
      Options.values(config.options()).forEach(this::put);
    } else {
      put("gene_likelihood", "gamma_poisson");
    }
    put("compute_pearson", false);
    return new PyValue.Dict()
        .with("kwargs", new PyValue.Dict().with("kwargs", more))
        .with("non_kwargs", options);
  }

  private void put(Declared option, Object value) {
    if (isKnown(option)) {
      switch (option.name()) {
        case "dropout_on_input" -> dropout((boolean) value);
        case "latent_distribution" -> latentDistribution((LatentDistribution) value);
        case "dispersion_hyper_prior_mean" -> hyperPrior(config.shared().priors());
        case "dispersion_hyper_prior_alpha" -> hyperPriorShape(option, value);
        default -> {
          if (!option.said().byModality()) {
            put(option.name(), value);
          } else if (option.form() != Declared.Form.BY_MODALITY) {
            options.with(option.name(), byModality(option, value));
          }
        }
      }
    }
  }

  private boolean isKnown(Declared option) {
    return switch (option.said().python()) {
      case NONE -> false;
      case LATER -> version == PackageVersion.NEWEST;
      case NEWEST -> newest;
      case EVERY -> !multimodal || !OF_ONE_MODALITY.contains(option.name());
    };
  }

  /** {@return a value for each modality where any has one of its own, else the one for all} */
  private PyValue byModality(Declared option, Object shared) {
    if (config.options().byModality().get(option.name()).isEmpty()) {
      return python(shared);
    }
    PyValue.Dict byName = new PyValue.Dict();
    modalities.forEach(
        name -> byName.with(name, python(Options.values(config.of(name)).get(option))));
    return byName;
  }

  private void dropout(boolean onInput) {
    if (onInput) {
      more.with("extra_encoder_kwargs", new PyValue.Dict().with("dropout_on_input", python(true)));
    }
  }

  private void latentDistribution(LatentDistribution chosen) {
    if (!multimodal || chosen != LatentDistribution.NORMAL) {
      put("latent_distribution", chosen);
    }
  }

  /**
   * The package gives those who leave it out another shape with bursts; 9 is everybody's without.
   */
  private void hyperPriorShape(Declared option, Object value) {
    boolean bursts = modalities.stream().anyMatch(name -> config.of(name).generative().bursts());
    put(
        option.name(),
        bursts ? value : config.shared().priors().dispersionHyperPrior().gamma().alpha());
  }

  /** The published version knows its rate in place of the mean. */
  private void hyperPrior(PriorConfig priors) {
    DispersionHyperPrior own = priors.dispersionHyperPrior();
    if (version == PackageVersion.NEWEST) {
      put("dispersion_hyper_prior_mean", own.mean());
    } else {
      put("regularise_dispersion_prior", own.rate());
      put("dispersion_hyper_prior_beta", own.gamma().beta());
    }
  }

  private void put(String name, Object value) {
    options.with(name, python(value));
  }

  private static PyValue python(Object value) {
    return switch (value) {
      case Integer whole -> new PyValue.Whole(whole);
      case Double number -> new PyValue.Real(number);
      case Boolean truth -> new PyValue.Truth(truth);
      case String text -> new PyValue.Text(text);
      case Dispersion as -> new PyValue.Text(Spelling.word(as)); // scvi-tools' word: gene-batch
      case DecoderBias bias when bias == DecoderBias.NONE -> NONE;
      case DecoderType type when type == DecoderType.EXPECTED_RNA ->
          new PyValue.Text("expected_RNA");
      case ZSparsityPrior prior when prior == ZSparsityPrior.NONE -> NONE;
      case HorseshoePrior prior when prior == HorseshoePrior.NONE -> NONE;
      case Enum<?> choice -> new PyValue.Text(Spelling.word(choice).replace('-', '_'));
      case List<?> names -> texts(names);
      case Optional<?> own -> own.map(InitParameters::python).orElse(NONE);
      default -> throw new IllegalArgumentException("Python has no " + value);
    };
  }

  static PyValue texts(List<?> texts) {
    return PyValue.Sequence.of(texts.stream().map(text -> python(text)).toList());
  }
}
