package org.regularizedvi.cpu.term;

import java.util.Optional;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.kernel.FloatFunctions;

/**
 * Computes the prior of a modality's feature scaling, minus the log density of y = softplus(raw) /
 * 0.7 under Gamma(alpha, beta):
 *
 * <pre>
 *   softplus(a) = max(a, 0) + log(1 + e)      e = exp(-|a|)
 *   by raw:  (beta - (alpha - 1) / y) softplus'(raw) / 0.7
 * </pre>
 */
public final class FeatureScalingTerm implements SharedTerm {
  private final GammaPrior prior;
  private final Entries rawCG;
  private final float[] raw = new float[Entries.PIECE];
  private final float[] e = FloatFunctions.room(Entries.PIECE);
  private final float[] y = FloatFunctions.room(Entries.PIECE);
  private final float[] logY = FloatFunctions.room(Entries.PIECE);

  private FeatureScalingTerm(GammaPrior prior, Entries rawCG) {
    this.prior = prior;
    this.rawCG = rawCG;
  }

  /**
   * {@return the term; empty without feature scaling}
   *
   * @param spec the modality
   * @param parameters of the whole model
   */
  public static Optional<FeatureScalingTerm> of(ModalitySpec spec, Parameters parameters) {
    return FeatureScaling.of(spec)
        .map(own -> new FeatureScalingTerm(own.prior(), new Entries(parameters, own.parameter())));
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.SCALING;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    double sum = 0;
    double sumOfLogs = 0;
    int count;
    for (int from = 0; from < rawCG.size(); from += count) {
      count = rawCG.read(from, raw);
      factors(count);
      sum += Sums.of(y, count);
      sumOfLogs += Sums.of(logY, count);
      slopes(count);
      rawCG.add(gradients, factor, e, from, count);
    }
    return GammaDensity.negativeLog(prior, rawCG.size(), sum, sumOfLogs);
  }

  /** Computes y and its logarithm, and leaves exp(-|raw|). */
  private void factors(int count) {
    float share = (float) (1 / ScalingFactor.DIVISOR);
    for (int i = 0; i < count; i++) {
      e[i] = -Math.abs(raw[i]);
    }
    FloatFunctions.exp(e, count);
    System.arraycopy(e, 0, y, 0, count);
    FloatFunctions.log1p(y, count);
    for (int i = 0; i < count; i++) {
      y[i] = (Math.max(raw[i], 0) + y[i]) * share;
    }
    System.arraycopy(y, 0, logY, 0, count);
    FloatFunctions.log(logY, count);
  }

  /** Replaces exp(-|raw|) by the term's derivative by raw. */
  private void slopes(int count) {
    float share = (float) (1 / ScalingFactor.DIVISOR);
    float beta = (float) prior.beta();
    float less = (float) (prior.alpha() - 1);
    for (int i = 0; i < count; i++) {
      float softplusSlope = (raw[i] >= 0 ? 1 : e[i]) / (1 + e[i]);
      e[i] = (beta - less / y[i]) * softplusSlope * share;
    }
  }
}
