package org.regularizedvi.core.config;

import org.regularizedvi.options.Records;

/**
 * Everything that makes a model what it is, apart from its data and keys.
 *
 * @param preset the set of options that it started from; single ones may differ
 */
public record ModelConfig(
    Preset preset,
    NetworkConfig network,
    GenerativeConfig generative,
    LibraryConfig library,
    PriorConfig priors,
    StartConfig starts,
    PenaltyConfig penalties) {

  /** What fits best: residual library size, centred prior, starts from data, decoder penalty. */
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

  /** The model as first published: none of these. */
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

  public ModelConfig with(NetworkConfig chosen) {
    return Records.with(this, "network", chosen);
  }

  public ModelConfig with(GenerativeConfig chosen) {
    return Records.with(this, "generative", chosen);
  }

  public ModelConfig with(LibraryConfig chosen) {
    return Records.with(this, "library", chosen);
  }

  public ModelConfig with(PriorConfig chosen) {
    return Records.with(this, "priors", chosen);
  }

  public ModelConfig with(StartConfig chosen) {
    return Records.with(this, "starts", chosen);
  }

  public ModelConfig with(PenaltyConfig chosen) {
    return Records.with(this, "penalties", chosen);
  }
}
