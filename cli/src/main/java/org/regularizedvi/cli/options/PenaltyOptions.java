package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.PenaltyConfig;
import picocli.CommandLine.Option;

/** Penalties on the decoder's weights. */
public final class PenaltyOptions {
  private static final PenaltyConfig DEFAULTS = PenaltyConfig.recommended();

  @Option(
      names = "--decoder-weight-l2",
      paramLabel = "X",
      description =
          "* Penalty on the squares of the decoder's weights (default: 0.1; published: 0).")
  private Optional<Double> weightL2 = Optional.empty();

  @Option(
      names = "--decoder-cov-weight-l2",
      paramLabel = "X",
      description =
          "Further penalty on those of the conditioning keys, first layer (default: ${DEFAULT-VALUE}).")
  private double covariateL2 = DEFAULTS.decoderCovWeightL2();

  @Option(
      names = "--decoder-hidden-l1",
      paramLabel = "X",
      description =
          "Penalty on the absolute values of the hidden layers' weights (default: ${DEFAULT-VALUE}).")
  private double hiddenL1 = DEFAULTS.decoderHiddenL1();

  /** What is not given is as in the preset. */
  public PenaltyConfig toConfig(PenaltyConfig preset) {
    return new PenaltyConfig(weightL2.orElse(preset.decoderWeightL2()), covariateL2, hiddenL1);
  }
}
