package org.regularizedvi.core.config;

import java.util.OptionalDouble;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Gives the shape of the encoders and the decoder.
 *
 * @param nHidden the units of every hidden layer, at least 1
 * @param nLatent the dimensions of the latent representation, at least 1
 * @param nLayers the hidden layers of latent encoder and decoder each, at least 1
 * @param libraryNHidden the units of the library encoder's one hidden layer, at least 1
 * @param dropoutRate the share of inputs dropped in the encoders, at least 0 and below 1; left out:
 *     {@link #forCells}
 * @param dropoutOnInput whether dropout comes before the linear map (the input's features are
 *     dropped) or after the ReLU
 * @param useLayerNorm the networks in which layer norm is used
 * @param useBatchNorm the networks in which batch norm is used
 */
public record NetworkConfig(
    @Option(help = "Units of a hidden layer", byModality = true) int nHidden,
    @Option(help = "Dimensions of the latent representation", byModality = true) int nLatent,
    @Option(help = "Hidden layers of encoder and decoder each", byModality = true) int nLayers,
    @Option(help = "Hidden units of the library size encoder; small, so that it learns size alone")
        int libraryNHidden,
    @Option(
            help =
                "Share of inputs dropped in the encoders; none for the share that the number of cells asks for",
            standard = "500 / cells, at most 0.5")
        OptionalDouble dropoutRate,
    @Option(help = "Drop input features, rather than hidden units") boolean dropoutOnInput,
    @Option(help = "encoder, decoder, both or none", label = "WHERE")
        NormalisedNetworks useLayerNorm,
    @Option(help = "encoder, decoder, both or none", label = "WHERE")
        NormalisedNetworks useBatchNorm) {

  /**
   * The number of units above which a library encoder can absorb biology, so that a warning is due.
   */
  public static final int WIDE_LIBRARY_ENCODER = 32;

  /** The share that is dropped, times the number of cells, when nobody says. */
  private static final double DROPPED_OF_CELLS = 500;

  private static final double MOST_DROPPED = 0.5;

  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public NetworkConfig {
    Checks.atLeast("n_hidden", nHidden, 1);
    Checks.atLeast("n_latent", nLatent, 1);
    Checks.atLeast("n_layers", nLayers, 1);
    Checks.atLeast("library_n_hidden", libraryNHidden, 1);
    dropoutRate.ifPresent(rate -> Checks.within("dropout_rate", rate, 0, 1));
  }

  /**
   * {@return 512 hidden units, 128 latent dimensions, one layer, dropout of the input by the number
   * of cells, layer norm everywhere}
   */
  public static NetworkConfig recommended() {
    return new NetworkConfig(
        512,
        128,
        1,
        16,
        OptionalDouble.empty(),
        true,
        NormalisedNetworks.BOTH,
        NormalisedNetworks.NONE);
  }

  /** {@return the recommended networks, but with dropout of a tenth of the input} */
  public static NetworkConfig published() {
    return recommended().withDropout(0.1, true);
  }

  /**
   * {@return the same in another size}
   *
   * @param hidden the units of every hidden layer
   * @param latent the dimensions of the latent representation
   * @param layers the hidden layers of latent encoder and decoder each
   */
  public NetworkConfig withSize(int hidden, int latent, int layers) {
    NetworkConfig withHidden = Records.with(this, "nHidden", hidden);
    return Records.with(Records.with(withHidden, "nLatent", latent), "nLayers", layers);
  }

  /**
   * {@return the same with another size of the library encoder}
   *
   * @param hidden the units of its hidden layer
   */
  public NetworkConfig withLibraryNHidden(int hidden) {
    return Records.with(this, "libraryNHidden", hidden);
  }

  /**
   * {@return the same with other dropout in the encoders}
   *
   * @param rate the share of inputs dropped, at least 0 and below 1
   * @param onInput whether dropout comes before the linear map
   */
  public NetworkConfig withDropout(double rate, boolean onInput) {
    NetworkConfig withRate = Records.with(this, "dropoutRate", OptionalDouble.of(rate));
    return Records.with(withRate, "dropoutOnInput", onInput);
  }

  /**
   * {@return the same with the dropout that a number of cells asks for, where none was given: 500 /
   * cells, at most 0.5, in hundredths}
   *
   * <p>Dropout keeps encoders from learning single cells by heart, as a prior keeps parameters near
   * 0, and like a prior it weighs less the more cells there are. It has a price: related types
   * differ by few genes, and where some of these are dropped an encoder cannot tell them apart.
   * Measured in DECISIONS/0010.
   *
   * @param cells the number of cells, those for validation included
   */
  public NetworkConfig forCells(int cells) {
    double rate = Math.min(MOST_DROPPED, Math.rint(100 * DROPPED_OF_CELLS / cells) / 100);
    return withDropout(dropoutRate.orElse(rate), dropoutOnInput);
  }

  /**
   * {@return the same with other normalisation}
   *
   * @param layerNorm the networks in which layer norm is used
   * @param batchNorm the networks in which batch norm is used
   */
  public NetworkConfig withNormalisation(
      NormalisedNetworks layerNorm, NormalisedNetworks batchNorm) {
    return Records.with(Records.with(this, "useLayerNorm", layerNorm), "useBatchNorm", batchNorm);
  }
}
