package org.regularizedvi.cpu.term;

import java.util.Optional;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes the prior of a modality's additive background, minus the log density of s = exp(raw)
 * under Gamma(alpha, beta); its derivative by raw is beta s - (alpha - 1).
 */
public final class AdditiveBackgroundTerm implements SharedTerm {
  private final GammaPrior prior;
  private final Entries rawGC;
  private final NativePiece piece = new NativePiece(Entries.PIECE);
  private final float[] raw = new float[Entries.PIECE];
  private final float[] s = new float[Entries.PIECE];

  private AdditiveBackgroundTerm(GammaPrior prior, Entries rawGC) {
    this.prior = prior;
    this.rawGC = rawGC;
  }

  /**
   * {@return the term; empty without a background or without its prior}
   *
   * @param spec the modality
   * @param parameters of the whole model
   */
  public static Optional<AdditiveBackgroundTerm> of(ModalitySpec spec, Parameters parameters) {
    return AdditiveBackground.of(spec)
        .flatMap(
            own ->
                own.prior()
                    .map(
                        prior ->
                            new AdditiveBackgroundTerm(
                                prior, new Entries(parameters, own.parameter()))));
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.BACKGROUND;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    float beta = (float) prior.beta();
    float less = (float) (prior.alpha() - 1);
    double sum = 0;
    double sumOfLogs = 0;
    int count;
    for (int from = 0; from < rawGC.size(); from += count) {
      count = rawGC.read(from, raw);
      System.arraycopy(raw, 0, s, 0, count);
      piece.exp(s, count);
      sum += Sums.of(s, count);
      sumOfLogs += Sums.of(raw, count);
      for (int i = 0; i < count; i++) {
        s[i] = beta * s[i] - less;
      }
      rawGC.add(gradients, factor, s, from, count);
    }
    return GammaDensity.negativeLog(prior, rawGC.size(), sum, sumOfLogs);
  }
}
