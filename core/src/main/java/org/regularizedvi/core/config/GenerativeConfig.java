package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

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
    @Option(
            help =
                "gene: one inverse dispersion per gene, or gene-batch: one per gene and group of the dispersion key",
            byModality = true)
        Dispersion dispersion,
    @Option(help = "normal, or ln: logistic normal, on the simplex")
        LatentDistribution latentDistribution,
    @Option(help = "softplus, or softmax: expression as shares of one, as in scVI")
        ScaleActivation scaleActivation,
    @Option(help = "Model ambient RNA") boolean useAdditiveBackground,
    @Option(help = "Scale each gene per group") boolean useFeatureScaling,
    @Option(help = "Let the decoder see the batch key") boolean useBatchInDecoder) {

  public static GenerativeConfig defaults() {
    return new GenerativeConfig(
        Dispersion.GENE_BATCH,
        LatentDistribution.NORMAL,
        ScaleActivation.SOFTPLUS,
        true,
        true,
        false);
  }

  /** Returns the same with these terms on or off. */
  public GenerativeConfig withTerms(boolean additiveBackground, boolean featureScaling) {
    GenerativeConfig own = Records.with(this, "useAdditiveBackground", additiveBackground);
    return Records.with(own, "useFeatureScaling", featureScaling);
  }
}
