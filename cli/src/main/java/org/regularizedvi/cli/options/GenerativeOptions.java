package org.regularizedvi.cli.options;

import java.util.Map;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ScaleActivation;
import picocli.CommandLine.Option;

/** How counts come about. */
public final class GenerativeOptions {
  private static final GenerativeConfig DEFAULTS = GenerativeConfig.defaults();

  @Option(
      names = "--dispersion",
      paramLabel = "KIND",
      description =
          "gene, or gene-batch: one a gene and group of the dispersion key (default: gene-batch).")
  private Dispersions dispersion = Dispersions.of(DEFAULTS.dispersion());

  @Option(
      names = "--latent-distribution",
      paramLabel = "KIND",
      description = "normal, or ln: logistic normal, on the simplex (default: normal).")
  private LatentDistribution latentDistribution = DEFAULTS.latentDistribution();

  @Option(
      names = "--scale-activation",
      paramLabel = "KIND",
      description =
          "softplus, or softmax: expression as shares of one, as in scVI (default: softplus).")
  private ScaleActivation scaleActivation = DEFAULTS.scaleActivation();

  @Option(
      names = "--use-additive-background",
      negatable = true,
      fallbackValue = "true",
      description = "Model ambient RNA (default: ${DEFAULT-VALUE}).")
  private boolean useAdditiveBackground = DEFAULTS.useAdditiveBackground();

  @Option(
      names = "--use-feature-scaling",
      negatable = true,
      fallbackValue = "true",
      description = "Scale each gene a group (default: ${DEFAULT-VALUE}).")
  private boolean useFeatureScaling = DEFAULTS.useFeatureScaling();

  @Option(
      names = "--use-batch-in-decoder",
      negatable = true,
      fallbackValue = "true",
      description = "Let the decoder see the batch key (default: ${DEFAULT-VALUE}).")
  private boolean useBatchInDecoder = DEFAULTS.useBatchInDecoder();

  /** What single modalities have of their own. */
  public Map<String, Dispersion> dispersionByModality() {
    return dispersion.values().named();
  }

  /** What holds for all modalities without a value of their own. */
  public GenerativeConfig toConfig() {
    return new GenerativeConfig(
        dispersion.values().every().orElse(DEFAULTS.dispersion()),
        latentDistribution,
        scaleActivation,
        useAdditiveBackground,
        useFeatureScaling,
        useBatchInDecoder);
  }
}
