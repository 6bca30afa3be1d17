package org.regularizedvi.model.config;

/** Everything that makes a model what it is, apart from its data and keys. */
public record ModelConfig(NetworkConfig network, GenerativeConfig generative, PriorConfig priors) {
  public static ModelConfig defaults() {
    return new ModelConfig(
        NetworkConfig.defaults(), GenerativeConfig.defaults(), PriorConfig.defaults());
  }

  public ModelConfig with(NetworkConfig chosen) {
    return new ModelConfig(chosen, generative, priors);
  }

  public ModelConfig with(GenerativeConfig chosen) {
    return new ModelConfig(network, chosen, priors);
  }

  public ModelConfig with(PriorConfig chosen) {
    return new ModelConfig(network, generative, chosen);
  }
}
