package org.regularizedvi.core.config;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.options.Option;

/**
 * Says which modalities have which terms.
 *
 * @param additiveBackgroundModalities those with an additive background; left out: rna
 * @param featureScalingModalities those with feature scaling; left out: atac
 * @param learnableModalityScaling whether every modality's expected counts have a learned factor
 */
public record ModalityTerms(
    @Option(help = "Those with ambient molecules", standard = "rna")
        Optional<List<String>> additiveBackgroundModalities,
    @Option(help = "Those whose features are scaled per group", standard = "atac")
        Optional<List<String>> featureScalingModalities,
    @Option(help = "Learn a factor on each modality's expected counts")
        boolean learnableModalityScaling) {
  private static final List<String> WITH_BACKGROUND = List.of("rna");
  private static final List<String> WITH_SCALING = List.of("atac");

  /** Keeps copies, which nobody can change. */
  public ModalityTerms {
    additiveBackgroundModalities = additiveBackgroundModalities.map(List::copyOf);
    featureScalingModalities = featureScalingModalities.map(List::copyOf);
  }

  /** {@return a background for rna, scaling for atac, and no learned factors} */
  public static ModalityTerms defaults() {
    return new ModalityTerms(Optional.empty(), Optional.empty(), false);
  }

  /**
   * {@return whether a modality may have an additive background}
   *
   * @param modality the name of the modality
   */
  boolean background(String modality) {
    return additiveBackgroundModalities.orElse(WITH_BACKGROUND).contains(modality);
  }

  /**
   * {@return whether the features of a modality may be scaled}
   *
   * @param modality the name of the modality
   */
  boolean scaling(String modality) {
    return featureScalingModalities.orElse(WITH_SCALING).contains(modality);
  }
}
