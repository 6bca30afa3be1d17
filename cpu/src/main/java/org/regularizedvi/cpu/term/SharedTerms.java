package org.regularizedvi.cpu.term;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.work.Workers;

/**
 * Holds terms of parameters that all cells share, of one modality or several. No two of them have a
 * parameter in common, so that they are computed side by side.
 *
 * @param terms those that are on
 */
public record SharedTerms(List<SharedTerm> terms) {
  /** Keeps a copy, which nobody can change. */
  public SharedTerms {
    terms = List.copyOf(terms);
  }

  /**
   * {@return the terms of a modality}
   *
   * @param spec the modality
   * @param priors what its priors took from data
   * @param parameters of the whole model
   * @param scalePenalty gives the penalty of the scale decoder's weight, nats; it is asked only
   *     when a penalty holds that
   */
  public static SharedTerms of(
      ModalitySpec spec,
      ModalityPriors priors,
      Parameters parameters,
      DoubleSupplier scalePenalty) {
    List<SharedTerm> terms = new ArrayList<>();
    InverseDispersionTerm.of(new InverseDispersion(spec), priors.dispersion(), parameters)
        .ifPresent(terms::add);
    background(spec, priors, parameters).ifPresent(terms::add);
    FeatureScalingTerm.of(spec, parameters).ifPresent(terms::add);
    LibraryWeightTerm.of(spec, priors.library(), parameters).ifPresent(terms::add);
    ModalityScaleTerm.of(spec, parameters).ifPresent(terms::add);
    LatentRelevanceTerm.of(spec, parameters).ifPresent(terms::add);
    terms.add(new DecoderPenaltiesTerm(new DecoderPenalties(spec), parameters, scalePenalty));
    return new SharedTerms(terms);
  }

  /** The prior of a measured profile takes the place of that which all genes have in common. */
  private static Optional<SharedTerm> background(
      ModalitySpec spec, ModalityPriors priors, Parameters parameters) {
    return priors.ambient().isPresent()
        ? AdditiveBackground.of(spec)
            .map(own -> new MeasuredBackgroundTerm(own, priors.ambient().get(), parameters))
        : AdditiveBackgroundTerm.of(spec, parameters).map(own -> own);
  }

  /**
   * Computes all terms, and adds their derivatives times a factor to the gradients.
   *
   * @param factor what a nat of a term adds to the loss
   * @param gradients of the parameters; without any, only the values are computed
   * @param noise gives the draws, where a term takes some
   * @param workers share the terms out
   * @return the terms, nats per data set
   */
  public GlobalLoss differentiate(
      double factor, Gradients gradients, Noise noise, Workers workers) {
    double[] values = new double[terms.size()];
    workers.run(
        values.length, (_, t) -> values[t] = terms.get(t).differentiate(factor, gradients, noise));
    GlobalLoss loss = GlobalLoss.none();
    for (int t = 0; t < values.length; t++) {
      loss.nats()[terms.get(t).term().ordinal()] += values[t];
    }
    return loss;
  }
}
