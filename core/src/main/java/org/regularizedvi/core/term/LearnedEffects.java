package org.regularizedvi.core.term;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.cells.keys.Schema;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;

/**
 * Tells what the parameters of one modality say of its covariates, whatever the cells.
 *
 * @param decoder how much the decoder's first layer listens to z and to each covariate
 * @param burstSizeDecoder the same of the decoder of burst sizes, with bursts
 * @param featureScaling the scaling factors by key; empty where features are not scaled
 * @param background the additive background by key; empty where there is none
 * @param dispersion the dispersions of the groups, or with bursts the technical variances
 * @param bursts whether the decoder gives bursts
 */
public record LearnedEffects(
    DecoderNorms decoder,
    Optional<DecoderNorms> burstSizeDecoder,
    List<KeyEffect> featureScaling,
    List<KeyEffect> background,
    DispersionGroups dispersion,
    boolean bursts) {
  /** Keeps copies of the lists. */
  public LearnedEffects {
    featureScaling = List.copyOf(featureScaling);
    background = List.copyOf(background);
  }

  /**
   * {@return what was learned, read from stored parameters}
   *
   * @param spec the modality
   * @param parameters the stored parameters of the whole model
   * @param schema the keys and their categories
   */
  public static LearnedEffects of(ModalitySpec spec, Parameters parameters, Schema schema) {
    Decoder decoder = new Decoder(spec);
    return new LearnedEffects(
        DecoderNorms.of(spec, spec.decoder(), decoder.hiddenWeight(0), parameters, schema),
        BurstSize.of(spec)
            .map(
                size ->
                    DecoderNorms.of(
                        spec,
                        spec.burstSizeDecoder(),
                        StoredNames.linear(size.layers(), 0, spec.burstSizeDecoder()) + ".weight",
                        parameters,
                        schema)),
        FeatureScaling.of(spec)
            .map(term -> term.read(parameters, schema))
            .map(term -> KeyEffect.of(term, schema.of(Purpose.FEATURE_SCALING), true))
            .orElse(List.of()),
        AdditiveBackground.of(spec)
            .map(term -> term.read(parameters, schema))
            .map(term -> KeyEffect.of(term, schema.of(Purpose.AMBIENT), false))
            .orElse(List.of()),
        DispersionGroups.of(spec, parameters, schema),
        spec.generative().bursts());
  }
}
