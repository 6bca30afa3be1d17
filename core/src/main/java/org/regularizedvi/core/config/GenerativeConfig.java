package org.regularizedvi.core.config;

import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;
import org.regularizedvi.options.Spelling;

/**
 * Says how counts come about.
 *
 * @param dispersion whether a feature has one inverse dispersion, or one per dispersion group
 * @param latentDistribution the distribution of z
 * @param scaleActivation the function that gives the scale rho
 * @param useAdditiveBackground whether ambient RNA is modelled as an additive background
 * @param useFeatureScaling whether each feature has a factor per scaling category
 * @param useBatchInDecoder whether the decoder sees the one-hot columns of {@code batch_key}
 * @param decoder what the decoder gives
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
    @Option(help = "Let the decoder see the batch key") boolean useBatchInDecoder,
    DecoderConfig decoder) {
  /**
   * Checks that the components fit each other.
   *
   * @throws InputException when the frequency of bursts would be a softmax
   */
  public GenerativeConfig {
    if (decoder.decoderType() == DecoderType.BURST_FREQUENCY_SIZE
        && scaleActivation != ScaleActivation.SOFTPLUS) {
      throw new InputException(
          "decoder_type burst-frequency-size needs scale_activation softplus, but that is %s."
              .formatted(Spelling.word(scaleActivation)));
    }
  }

  /**
   * {@return one inverse dispersion per feature and group, normal z, softplus, background and
   * feature scaling on, a decoder of expression that does not see the batch}
   */
  public static GenerativeConfig defaults() {
    return new GenerativeConfig(
        Dispersion.GENE_BATCH,
        LatentDistribution.NORMAL,
        ScaleActivation.SOFTPLUS,
        true,
        true,
        false,
        DecoderConfig.defaults());
  }

  /** {@return whether the decoder gives frequency and size of bursts} */
  public boolean bursts() {
    return decoder.decoderType() == DecoderType.BURST_FREQUENCY_SIZE;
  }

  /**
   * {@return the same with another decoder}
   *
   * @param chosen what the decoder gives
   */
  public GenerativeConfig with(DecoderConfig chosen) {
    return Records.with(this, "decoder", chosen);
  }

  /**
   * {@return the same with these terms on or off}
   *
   * @param additiveBackground whether there is an additive background
   * @param featureScaling whether features are scaled
   */
  public GenerativeConfig withTerms(boolean additiveBackground, boolean featureScaling) {
    GenerativeConfig own = Records.with(this, "useAdditiveBackground", additiveBackground);
    return Records.with(own, "useFeatureScaling", featureScaling);
  }
}
