package org.regularizedvi.reference.net;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.reference.term.AdditiveBackgroundTensors;
import org.regularizedvi.reference.term.FeatureScalingTensors;
import org.regularizedvi.reference.term.InverseDispersionTensors;
import org.regularizedvi.reference.term.LatentRelevanceTensors;
import org.regularizedvi.reference.term.LibrarySizeTensors;
import org.regularizedvi.reference.term.ModalityScaleTensors;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Holds the networks of one modality: its library encoder, its decoder, and the terms that its
 * counts depend on.
 *
 * @param spec its place, size, options and names
 * @param priors what its priors took from data
 * @param parameters of the whole model
 * @param libraryEncoder the encoder of the log library size
 * @param decoder from z to rho
 */
public record Modality(
    ModalitySpec spec,
    ModalityPriors priors,
    ParameterTensors parameters,
    Encoder libraryEncoder,
    DecoderNetwork decoder) {
  /**
   * Makes the networks of a modality over the parameters of a model.
   *
   * @param spec its place, size, options and names
   * @param priors what its priors took from data
   * @param parameters of the whole model
   * @return the modality, which owns nothing
   */
  public static Modality of(ModalitySpec spec, ModalityPriors priors, ParameterTensors parameters) {
    return new Modality(
        spec,
        priors,
        parameters,
        Encoder.ofLibrary(spec, parameters),
        new DecoderNetwork(new Decoder(spec), parameters));
  }

  /** {@return the additive background s, where the modality has one} */
  public Optional<AdditiveBackgroundTensors> background() {
    return AdditiveBackgroundTensors.of(spec, priors.ambient(), parameters);
  }

  /** {@return the feature scaling y, where the modality has one} */
  public Optional<FeatureScalingTensors> scaling() {
    return FeatureScalingTensors.of(spec, parameters);
  }

  /** {@return the inverse dispersion theta and its prior} */
  public InverseDispersionTensors dispersion() {
    return new InverseDispersionTensors(
        new InverseDispersion(spec), priors.dispersion(), parameters);
  }

  /** {@return the library size l and its prior} */
  public LibrarySizeTensors library() {
    return new LibrarySizeTensors(new LibrarySize(spec), priors.library(), parameters);
  }

  /** {@return the scales of z that all cells share, where the modality has such} */
  public Optional<LatentRelevanceTensors> relevance() {
    return LatentRelevanceTensors.of(spec, parameters);
  }

  /** {@return the encoder of the logarithms of each cell's scales of z, where there are such} */
  public Optional<Encoder> scaleEncoder() {
    return LatentShrinkage.of(spec).map(own -> Encoder.ofScales(own, parameters));
  }

  /** {@return the learned factor on the modality's expected counts, where it has one} */
  public Optional<ModalityScaleTensors> scale() {
    return ModalityScaleTensors.of(spec, parameters);
  }

  /**
   * {@return the log of what expression is multiplied by to give counts: the library size, times
   * the learned factor where there is one}
   *
   * @param libraryN1 natural logarithm of the library size
   */
  public Tensor exposure(Tensor libraryN1) {
    return scale().map(scale -> libraryN1.add(scale.factor().log())).orElse(libraryN1);
  }
}
