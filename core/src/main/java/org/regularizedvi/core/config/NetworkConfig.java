package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * The shape of the encoders and the decoder.
 *
 * @param nHidden units of every hidden layer
 * @param nLatent dimensions of the latent representation
 * @param nLayers hidden layers of latent encoder and decoder each
 * @param libraryNHidden units of the library encoder's one hidden layer
 * @param dropoutRate share of inputs dropped in the encoders
 * @param dropoutOnInput whether dropout comes before the linear map (the input's features are
 *     dropped) or after the ReLU
 * @param useLayerNorm where layer norm is used
 * @param useBatchNorm where batch norm is used
 */
public record NetworkConfig(
    @Option(help = "Units of a hidden layer", byModality = true) int nHidden,
    @Option(help = "Dimensions of the latent representation", byModality = true) int nLatent,
    @Option(help = "Hidden layers of encoder and decoder each", byModality = true) int nLayers,
    @Option(help = "Hidden units of the library size encoder; small, so that it learns size alone")
        int libraryNHidden,
    @Option(help = "Share of inputs dropped in the encoders") double dropoutRate,
    @Option(help = "Drop input features, rather than hidden units") boolean dropoutOnInput,
    @Option(help = "encoder, decoder, both or none", label = "WHERE")
        NormalisedNetworks useLayerNorm,
    @Option(help = "encoder, decoder, both or none", label = "WHERE")
        NormalisedNetworks useBatchNorm) {

  /** Library encoders wider than this can absorb biology: above it a warning is due. */
  public static final int WIDE_LIBRARY_ENCODER = 32;

  public NetworkConfig {
    Checks.atLeast("n_hidden", nHidden, 1);
    Checks.atLeast("n_latent", nLatent, 1);
    Checks.atLeast("n_layers", nLayers, 1);
    Checks.atLeast("library_n_hidden", libraryNHidden, 1);
    Checks.within("dropout_rate", dropoutRate, 0, 1);
  }

  /**
   * 512 hidden units, 128 latent dimensions, one layer, dropout of half of the input, layer norm
   * everywhere.
   */
  public static NetworkConfig recommended() {
    return new NetworkConfig(
        512, 128, 1, 16, 0.5, true, NormalisedNetworks.BOTH, NormalisedNetworks.NONE);
  }

  /** The same with dropout of a tenth of the input. */
  public static NetworkConfig published() {
    return recommended().withDropout(0.1, true);
  }

  public NetworkConfig withSize(int hidden, int latent, int layers) {
    NetworkConfig withHidden = Records.with(this, "nHidden", hidden);
    return Records.with(Records.with(withHidden, "nLatent", latent), "nLayers", layers);
  }

  public NetworkConfig withLibraryNHidden(int hidden) {
    return Records.with(this, "libraryNHidden", hidden);
  }

  public NetworkConfig withDropout(double rate, boolean onInput) {
    return Records.with(Records.with(this, "dropoutRate", rate), "dropoutOnInput", onInput);
  }

  public NetworkConfig withNormalisation(
      NormalisedNetworks layerNorm, NormalisedNetworks batchNorm) {
    return Records.with(Records.with(this, "useLayerNorm", layerNorm), "useBatchNorm", batchNorm);
  }
}
