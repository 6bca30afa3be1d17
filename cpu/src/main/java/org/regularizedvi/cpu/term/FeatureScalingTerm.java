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

/**
 * Computes the prior of a modality's feature scaling, minus the log density of y = softplus(raw) /
 * 0.7 under Gamma(alpha, beta); its derivative by raw is (beta - (alpha - 1) / y) softplus'(raw) /
 * 0.7.
 */
public final class FeatureScalingTerm implements SharedTerm {
  private final GammaPrior prior;
  private final Entries rawCG;
  private final NativePiece piece = new NativePiece(Entries.PIECE);
  private final float[] y = new float[Entries.PIECE];
  private final float[] logY = new float[Entries.PIECE];
  private final float[] slope = new float[Entries.PIECE];

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
      count = rawCG.read(from, y);
      rawCG.read(from, slope);
      factors(count);
      sum += Sums.of(y, count);
      sumOfLogs += Sums.of(logY, count);
      slopes(count);
      rawCG.add(gradients, factor, slope, from, count);
    }
    return GammaDensity.negativeLog(prior, rawCG.size(), sum, sumOfLogs);
  }

  /** Turns raw values into y, and computes its logarithm. */
  private void factors(int count) {
    float share = (float) (1 / ScalingFactor.DIVISOR);
    piece.softplus(y, count);
    for (int i = 0; i < count; i++) {
      y[i] *= share;
    }
    System.arraycopy(y, 0, logY, 0, count);
    piece.log(logY, count);
  }

  /** Turns raw values into the derivative by them. */
  private void slopes(int count) {
    float share = (float) (1 / ScalingFactor.DIVISOR);
    float beta = (float) prior.beta();
    float less = (float) (prior.alpha() - 1);
    piece.sigmoid(slope, count);
    for (int i = 0; i < count; i++) {
      slope[i] *= (beta - less / y[i]) * share;
    }
  }
}
