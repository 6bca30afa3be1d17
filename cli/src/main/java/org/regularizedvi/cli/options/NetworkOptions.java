package org.regularizedvi.cli.options;

import java.util.Map;
import java.util.Optional;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.NormalisedNetworks;
import picocli.CommandLine.Option;

/** The shape of the networks. */
public final class NetworkOptions {
  private static final NetworkConfig DEFAULTS = NetworkConfig.recommended();

  @Option(
      names = "--n-hidden",
      paramLabel = "N",
      description = "Units of a hidden layer (default: ${DEFAULT-VALUE}).")
  private Wholes nHidden = Wholes.of(DEFAULTS.nHidden());

  @Option(
      names = "--n-latent",
      paramLabel = "N",
      description = "Dimensions of the latent representation (default: ${DEFAULT-VALUE}).")
  private Wholes nLatent = Wholes.of(DEFAULTS.nLatent());

  @Option(
      names = "--n-layers",
      paramLabel = "N",
      description = "Hidden layers of encoder and decoder each (default: ${DEFAULT-VALUE}).")
  private Wholes nLayers = Wholes.of(DEFAULTS.nLayers());

  @Option(
      names = "--library-n-hidden",
      paramLabel = "N",
      description =
          "Hidden units of the library size encoder; small, so that it learns size alone (default: ${DEFAULT-VALUE}).")
  private int libraryNHidden = DEFAULTS.libraryNHidden();

  @Option(
      names = "--dropout-rate",
      paramLabel = "X",
      description = "* Share of inputs dropped in the encoders (default: 0.5; published: 0.1).")
  private Optional<Double> dropoutRate = Optional.empty();

  @Option(
      names = "--dropout-on-input",
      negatable = true,
      fallbackValue = "true",
      description = "Drop input features, rather than hidden units (default: ${DEFAULT-VALUE}).")
  private boolean dropoutOnInput = DEFAULTS.dropoutOnInput();

  @Option(
      names = "--use-layer-norm",
      paramLabel = "WHERE",
      description = "encoder, decoder, both or none (default: both).")
  private NormalisedNetworks useLayerNorm = DEFAULTS.useLayerNorm();

  @Option(
      names = "--use-batch-norm",
      paramLabel = "WHERE",
      description = "encoder, decoder, both or none (default: none).")
  private NormalisedNetworks useBatchNorm = DEFAULTS.useBatchNorm();

  Map<String, Integer> nHiddenByModality() {
    return nHidden.named();
  }

  Map<String, Integer> nLatentByModality() {
    return nLatent.named();
  }

  Map<String, Integer> nLayersByModality() {
    return nLayers.named();
  }

  /**
   * What holds for all modalities without a value of their own; the preset where nothing is said.
   */
  public NetworkConfig toConfig(NetworkConfig preset) {
    return new NetworkConfig(
        nHidden.orElse(DEFAULTS.nHidden()),
        nLatent.orElse(DEFAULTS.nLatent()),
        nLayers.orElse(DEFAULTS.nLayers()),
        libraryNHidden,
        dropoutRate.orElse(preset.dropoutRate()),
        dropoutOnInput,
        useLayerNorm,
        useBatchNorm);
  }
}
