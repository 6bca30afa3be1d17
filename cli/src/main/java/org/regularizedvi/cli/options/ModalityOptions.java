package org.regularizedvi.cli.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.MultimodalOptions;
import picocli.CommandLine.Option;

/** How the modalities of an .h5mu make one model. */
public final class ModalityOptions {
  private static final LatentConfig DEFAULTS = LatentConfig.defaults();

  @Option(
      names = "--modalities",
      paramLabel = "NAME,..",
      description =
          "Those to model (default: all of the file). --n-hidden, --n-latent, --n-layers and --dispersion take NAME=VALUE,.. as well.")
  private KeyList modalities = KeyList.NONE;

  @Option(
      names = "--latent-mode",
      paramLabel = "KIND",
      description =
          "concatenation: all encoders' latents side by side; weighted-mean; or single-encoder: one encoder sees all (default: concatenation).")
  private LatentMode latentMode = DEFAULTS.mode();

  @Option(
      names = "--modality-weights",
      paramLabel = "KIND",
      description =
          "Of the weighted mean: equal, universal: one learned a modality, or cell: learned, of each cell (default: equal).")
  private ModalityWeights weights = DEFAULTS.weights();

  @Option(
      names = "--additive-background-modalities",
      paramLabel = "NAME,..",
      description = "Those with ambient molecules (default: rna).")
  private Optional<KeyList> background = Optional.empty();

  @Option(
      names = "--feature-scaling-modalities",
      paramLabel = "NAME,..",
      description = "Those whose features are scaled a group (default: atac).")
  private Optional<KeyList> scaling = Optional.empty();

  @Option(
      names = "--learnable-modality-scaling",
      negatable = true,
      fallbackValue = "true",
      description =
          "Learn a factor on each modality's expected counts (default: ${DEFAULT-VALUE}).")
  private boolean learnableScaling;

  @Option(
      names = "--modality-lr-multiplier",
      paramLabel = "NAME=X,..",
      description = "Factors on the learning rate of modalities (default: 1 each).")
  private Factors lrMultiplier = Factors.NONE;

  /** Returns the modalities named, none for all of the file. */
  public List<String> modalities() {
    return modalities.keys();
  }

  /**
   * @param network what other options say of single modalities
   */
  public MultimodalOptions toOptions(NetworkOptions network, Map<String, Dispersion> dispersion) {
    return new MultimodalOptions(
        new LatentConfig(latentMode, weights),
        network.nHiddenByModality(),
        network.nLatentByModality(),
        network.nLayersByModality(),
        dispersion,
        new ModalityTerms(
            background.map(KeyList::keys), scaling.map(KeyList::keys), learnableScaling),
        lrMultiplier.named());
  }
}
