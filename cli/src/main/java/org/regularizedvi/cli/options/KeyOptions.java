package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.cells.keys.CovariateKeys;
import picocli.CommandLine.Option;

/** Which columns of obs are used for what. */
public final class KeyOptions {
  @Option(
      names = "--batch-key",
      paramLabel = "KEY",
      description =
          "The sample or well: short for ambient, dispersion and library size keys in one.")
  private Optional<String> batchKey = Optional.empty();

  @Option(
      names = "--ambient-covariate-keys",
      paramLabel = "KEYS",
      description = "Cells that share an ambient RNA profile, e.g. droplet well or lysis batch.")
  private KeyList ambient = KeyList.NONE;

  @Option(
      names = "--nn-conditioning-covariate-keys",
      paramLabel = "KEYS",
      description = "Multiplicative effects that the decoder corrects, e.g. donor,site,chemistry.")
  private KeyList nnConditioning = KeyList.NONE;

  @Option(
      names = "--nn-continuous-covariate-keys",
      paramLabel = "KEYS",
      description = "Numeric columns that encoder and decoder see.")
  private KeyList nnContinuous = KeyList.NONE;

  @Option(
      names = "--feature-scaling-covariate-keys",
      paramLabel = "KEYS",
      description = "Groups with a scaling factor a gene each (default: the conditioning keys).")
  private KeyList featureScaling = KeyList.NONE;

  @Option(
      names = "--dispersion-key",
      paramLabel = "KEY",
      description = "Groups with an overdispersion a gene each.")
  private Optional<String> dispersion = Optional.empty();

  @Option(
      names = "--library-size-key",
      paramLabel = "KEY",
      description = "Groups with a library size prior each, e.g. well or amplification batch.")
  private Optional<String> librarySize = Optional.empty();

  @Option(
      names = "--encoder-covariate-keys",
      paramLabel = "KEYS",
      description =
          "Groups that the encoder sees; rarely wanted, as it lets batch into the latent.")
  private KeyList encoder = KeyList.NONE;

  @Option(
      names = "--size-factor-key",
      paramLabel = "KEY",
      description = "Positive numbers that take the place of the learned library size.")
  private Optional<String> sizeFactor = Optional.empty();

  public CovariateKeys toKeys() {
    return new CovariateKeys(
        batchKey,
        ambient.keys(),
        nnConditioning.keys(),
        nnContinuous.keys(),
        featureScaling.keys(),
        dispersion,
        librarySize,
        encoder.keys(),
        sizeFactor);
  }
}
