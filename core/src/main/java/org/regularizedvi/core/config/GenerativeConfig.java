package org.regularizedvi.core.config;

/**
 * How counts come about.
 *
 * @param dispersion one inverse dispersion a feature, or one a feature and group
 * @param latentDistribution distribution of z
 * @param scaleActivation what gives rho
 * @param useAdditiveBackground whether ambient RNA is modelled as an additive background
 * @param useFeatureScaling whether features are scaled a category
 * @param useBatchInDecoder whether the decoder sees {@code batch_key}
 */
public record GenerativeConfig(
    Dispersion dispersion,
    LatentDistribution latentDistribution,
    ScaleActivation scaleActivation,
    boolean useAdditiveBackground,
    boolean useFeatureScaling,
    boolean useBatchInDecoder) {

  public static GenerativeConfig defaults() {
    return new GenerativeConfig(
        Dispersion.GENE_BATCH,
        LatentDistribution.NORMAL,
        ScaleActivation.SOFTPLUS,
        true,
        true,
        false);
  }
}
