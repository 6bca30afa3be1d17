package org.regularizedvi.core.config;

import java.util.Optional;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Records;
import org.regularizedvi.options.Spelling;

/**
 * Holds everything that makes a model what it is, apart from its data and keys.
 *
 * @param preset the set of options that it started from; single ones may differ
 * @param network the sizes of the networks, dropout and normalisation
 * @param generative how counts come about
 * @param library what the library encoder learns
 * @param priors the priors of the parameters
 * @param starts which parameters start from data
 * @param penalties the penalties on the decoder's weights
 * @param latentPrior what holds z to few active dimensions
 */
public record ModelConfig(
    Preset preset,
    NetworkConfig network,
    GenerativeConfig generative,
    LibraryConfig library,
    PriorConfig priors,
    StartConfig starts,
    PenaltyConfig penalties,
    LatentPriorConfig latentPrior) {
  /**
   * Checks that the parts fit each other.
   *
   * @throws InputException when weights are to start with a share of the variance and nothing keeps
   *     the layer before them at a scale, or a z on the simplex would be scaled
   */
  public ModelConfig {
    Optional<String> share = starts.variance().shareOption();
    if (share.isPresent() && !network.useLayerNorm().inDecoder()) {
      throw new InputException(
          "%s needs use_layer_norm decoder or both, but that is %s."
              .formatted(share.get(), Spelling.word(network.useLayerNorm())));
    }
    if (latentPrior.scaled() && generative.latentDistribution() == LatentDistribution.LN) {
      throw new InputException(
          "latent_distribution ln puts z on the simplex, which use_ard_z_sigma_scale and horseshoe_latent_z_prior_type would scale; expected normal.");
    }
  }

  /**
   * {@return the options that fit best: residual library size, centred prior, starts from data,
   * decoder penalty}
   */
  public static ModelConfig recommended() {
    return new ModelConfig(
        Preset.RECOMMENDED,
        NetworkConfig.recommended(),
        GenerativeConfig.defaults(),
        LibraryConfig.recommended(),
        PriorConfig.recommended(),
        StartConfig.recommended(),
        PenaltyConfig.recommended(),
        LatentPriorConfig.defaults());
  }

  /** {@return the model as first published, which has none of what is recommended since} */
  public static ModelConfig published() {
    return new ModelConfig(
        Preset.PUBLISHED,
        NetworkConfig.published(),
        GenerativeConfig.defaults(),
        LibraryConfig.published(),
        PriorConfig.published(),
        StartConfig.published(),
        PenaltyConfig.published(),
        LatentPriorConfig.defaults());
  }

  /**
   * {@return the hyper-prior of the dispersion's rate, with its shape by the kind of decoder where
   * none was given}
   */
  public DispersionHyperPrior dispersionHyperPrior() {
    DispersionHyperPrior own = priors.dispersionHyperPrior();
    return generative.bursts() ? own.ofVariance() : own;
  }

  /**
   * {@return the same with values by the number of cells where none were given}
   *
   * @param cells the number of cells, those for validation included
   */
  public ModelConfig forCells(int cells) {
    return with(network.forCells(cells));
  }

  /**
   * {@return the same with other networks}
   *
   * @param chosen the networks
   */
  public ModelConfig with(NetworkConfig chosen) {
    return Records.with(this, "network", chosen);
  }

  /**
   * {@return the same with another way for counts to come about}
   *
   * @param chosen how counts come about
   */
  public ModelConfig with(GenerativeConfig chosen) {
    return Records.with(this, "generative", chosen);
  }

  /**
   * {@return the same with another library encoder}
   *
   * @param chosen what the library encoder learns
   */
  public ModelConfig with(LibraryConfig chosen) {
    return Records.with(this, "library", chosen);
  }

  /**
   * {@return the same with other priors}
   *
   * @param chosen the priors
   */
  public ModelConfig with(PriorConfig chosen) {
    return Records.with(this, "priors", chosen);
  }

  /**
   * {@return the same with other starts}
   *
   * @param chosen which parameters start from data
   */
  public ModelConfig with(StartConfig chosen) {
    return Records.with(this, "starts", chosen);
  }

  /**
   * {@return the same with other priors of z}
   *
   * @param chosen what holds z to few active dimensions
   */
  public ModelConfig with(LatentPriorConfig chosen) {
    return Records.with(this, "latentPrior", chosen);
  }

  /**
   * {@return the same with other penalties}
   *
   * @param chosen the penalties
   */
  public ModelConfig with(PenaltyConfig chosen) {
    return Records.with(this, "penalties", chosen);
  }
}
