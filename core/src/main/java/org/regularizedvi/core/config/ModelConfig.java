package org.regularizedvi.core.config;

import org.regularizedvi.options.Records;

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
 */
public record ModelConfig(
    Preset preset,
    NetworkConfig network,
    GenerativeConfig generative,
    LibraryConfig library,
    PriorConfig priors,
    StartConfig starts,
    PenaltyConfig penalties) {

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
        PenaltyConfig.recommended());
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
        PenaltyConfig.published());
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
   * {@return the same with other penalties}
   *
   * @param chosen the penalties
   */
  public ModelConfig with(PenaltyConfig chosen) {
    return Records.with(this, "penalties", chosen);
  }
}
