package org.regularizedvi.core.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.options.Option;

/**
 * Says which modalities have which terms.
 *
 * @param additiveBackgroundModalities those with an additive background; left out: rna
 * @param featureScalingModalities those with feature scaling; left out: atac
 * @param learnableModalityScaling whether every modality's expected counts have a learned factor
 * @param modalityScalePriorConcentration the shape and rate of that factor's Gamma prior, above 0
 */
public record ModalityTerms(
    @Option(help = "Those with ambient molecules", standard = "rna")
        Optional<List<String>> additiveBackgroundModalities,
    @Option(help = "Those whose features are scaled per group", standard = "atac")
        Optional<List<String>> featureScalingModalities,
    @Option(help = "Learn a factor on each modality's expected counts")
        boolean learnableModalityScaling,
    @Option(help = "Shape and rate of that factor's Gamma prior")
        double modalityScalePriorConcentration) {
  private static final List<String> WITH_BACKGROUND = List.of("rna");
  private static final List<String> WITH_SCALING = List.of("atac");

  /**
   * Keeps copies, which nobody can change, and checks the concentration.
   *
   * @throws org.regularizedvi.input.InputException when the concentration is not positive
   */
  public ModalityTerms {
    additiveBackgroundModalities = additiveBackgroundModalities.map(List::copyOf);
    featureScalingModalities = featureScalingModalities.map(List::copyOf);
    Checks.positive("modality_scale_prior_concentration", modalityScalePriorConcentration);
  }

  /** {@return a background for rna, scaling for atac, and no learned factors} */
  public static ModalityTerms defaults() {
    return new ModalityTerms(Optional.empty(), Optional.empty(), false, 5);
  }

  /**
   * {@return the concentration of the prior of learned factors; empty where factors are not
   * learned}
   */
  public OptionalDouble learnedScale() {
    return learnableModalityScaling
        ? OptionalDouble.of(modalityScalePriorConcentration)
        : OptionalDouble.empty();
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
