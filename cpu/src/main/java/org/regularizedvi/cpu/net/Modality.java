package org.regularizedvi.cpu.net;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.term.AdditiveBackgroundTensors;
import org.regularizedvi.cpu.term.FeatureScalingTensors;
import org.regularizedvi.cpu.term.InverseDispersionTensors;
import org.regularizedvi.cpu.term.LibrarySizeTensors;
import org.regularizedvi.cpu.term.ModalityScaleTensors;
import org.regularizedvi.cpu.torch.ParameterTensors;

/**
 * One modality: its library encoder, its decoder, and the terms that its counts depend on.
 *
 * @param priors what its priors took from data
 * @param parameters of the whole model
 */
public record Modality(
    ModalitySpec spec,
    ModalityPriors priors,
    ParameterTensors parameters,
    Encoder libraryEncoder,
    DecoderNetwork decoder) {
  /** Makes the networks of a modality over the parameters of a model. */
  public static Modality of(ModalitySpec spec, ModalityPriors priors, ParameterTensors parameters) {
    return new Modality(
        spec,
        priors,
        parameters,
        Encoder.ofLibrary(spec, parameters),
        new DecoderNetwork(new Decoder(spec), parameters));
  }

  /** The additive background, where the modality has one. */
  public Optional<AdditiveBackgroundTensors> background() {
    return AdditiveBackgroundTensors.of(spec, parameters);
  }

  /** The feature scaling, where the modality has one. */
  public Optional<FeatureScalingTensors> scaling() {
    return FeatureScalingTensors.of(spec, parameters);
  }

  /** The inverse dispersion. */
  public InverseDispersionTensors dispersion() {
    return new InverseDispersionTensors(
        new InverseDispersion(spec), priors.dispersion(), parameters);
  }

  /** The library size. */
  public LibrarySizeTensors library() {
    return new LibrarySizeTensors(new LibrarySize(spec), priors.library(), parameters);
  }

  /** The learned factor on the modality's expected counts, where it has one. */
  public Optional<ModalityScaleTensors> scale() {
    return ModalityScaleTensors.of(spec, parameters);
  }

  /**
   * The log of what expression is multiplied by to give counts: the library size, times the learned
   * factor where there is one.
   *
   * @param libraryN1 log library size
   */
  public Tensor exposure(Tensor libraryN1) {
    return scale().map(scale -> libraryN1.add(scale.factor().log())).orElse(libraryN1);
  }
}
