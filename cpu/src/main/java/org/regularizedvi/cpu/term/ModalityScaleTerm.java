package org.regularizedvi.cpu.term;

import java.util.Optional;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes the learned factor on all expected counts of a modality, f = softplus(raw) / 0.7, and
 * its prior, minus its log density under Gamma(alpha, beta).
 */
public final class ModalityScaleTerm implements SharedTerm {
  private final GammaPrior prior;
  private final Entries raw;

  private ModalityScaleTerm(GammaPrior prior, Entries raw) {
    this.prior = prior;
    this.raw = raw;
  }

  /**
   * {@return the factor; empty for a modality without}
   *
   * @param spec the modality
   * @param parameters of the whole model
   */
  public static Optional<ModalityScaleTerm> of(ModalitySpec spec, Parameters parameters) {
    return ModalityScale.of(spec)
        .map(own -> new ModalityScaleTerm(own.prior(), new Entries(parameters, own.parameter())));
  }

  /** {@return the natural logarithm of the factor, to be added to the log library size} */
  public double logFactor() {
    return Math.log(ScalingFactor.value(raw.get(0)));
  }

  /**
   * Adds what comes through the factor to the gradient by its parameter.
   *
   * @param byLogFactor the gradient of the loss by the factor's logarithm: the sum over cells of
   *     that by the log library size
   * @param gradients of the parameters
   */
  public void differentiateFactor(double byLogFactor, Gradients gradients) {
    double value = raw.get(0);
    double slope = ScalingFactor.slope(value) / ScalingFactor.value(value);
    raw.add(gradients, 0, byLogFactor * slope);
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.MODALITY_SCALE;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    double value = raw.get(0);
    double scale = ScalingFactor.value(value);
    double byScale = prior.beta() - (prior.alpha() - 1) / scale;
    raw.add(gradients, 0, factor * byScale * ScalingFactor.slope(value));
    return -prior.logDensity(scale);
  }
}
