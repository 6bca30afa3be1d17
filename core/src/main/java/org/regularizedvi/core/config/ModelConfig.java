package org.regularizedvi.core.config;

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
    return new ModelConfig(preset, chosen, generative, library, priors, starts, penalties);
  }

  public ModelConfig with(GenerativeConfig chosen) {
    return new ModelConfig(preset, network, chosen, library, priors, starts, penalties);
  }

  public ModelConfig with(LibraryConfig chosen) {
    return new ModelConfig(preset, network, generative, chosen, priors, starts, penalties);
  }

  public ModelConfig with(PriorConfig chosen) {
    return new ModelConfig(preset, network, generative, library, chosen, starts, penalties);
  }

  public ModelConfig with(StartConfig chosen) {
    return new ModelConfig(preset, network, generative, library, priors, chosen, penalties);
  }

  public ModelConfig with(PenaltyConfig chosen) {
    return new ModelConfig(preset, network, generative, library, priors, starts, chosen);
  }
}
