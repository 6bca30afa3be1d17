package org.regularizedvi.cpu.term;

import java.util.Arrays;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes the prior of a background whose profile was measured. With s = exp(raw), S its sum over
 * the genes of a category and a, L, w, v as in {@link AmbientPrior}, the derivative by raw is w (s
 * / S - a) + v (S / L - 1) s / S.
 */
final class MeasuredBackgroundTerm implements SharedTerm {
  private final AmbientPrior prior;
  private final float[] shareGC;
  private final double[] entropyC;
  private final double[] sumC;
  private final double[] crossC;
  private final Entries rawGC;
  private final NativePiece piece = new NativePiece(Entries.PIECE);
  private final float[] raw = new float[Entries.PIECE];
  private final float[] s = new float[Entries.PIECE];

  MeasuredBackgroundTerm(AdditiveBackground own, AmbientPrior prior, Parameters parameters) {
    this.prior = prior;
    this.rawGC = new Entries(parameters, own.parameter());
    this.shareGC = prior.shareGC().values();
    this.entropyC = new double[prior.categories()];
    this.sumC = new double[prior.categories()];
    this.crossC = new double[prior.categories()];
    for (int i = 0; i < shareGC.length; i++) {
      entropyC[i % entropyC.length] += shareGC[i] > 0 ? shareGC[i] * Math.log(shareGC[i]) : 0;
    }
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.BACKGROUND;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    int categories = prior.categories();
    Arrays.fill(sumC, 0);
    Arrays.fill(crossC, 0);
    int count;
    for (int from = 0; from < rawGC.size(); from += count) {
      count = exp(from);
      for (int i = 0; i < count; i++) {
        int c = (from + i) % categories;
        sumC[c] += s[i];
        crossC[c] += shareGC[from + i] * (double) raw[i];
      }
    }
    double nats = 0;
    for (int c = 0; c < categories; c++) {
      nats += prior.negativeLog(c, entropyC[c] - crossC[c] + Math.log(sumC[c]), sumC[c]);
    }
    for (int from = 0; from < rawGC.size(); from += count) {
      count = exp(from);
      for (int i = 0; i < count; i++) {
        int c = (from + i) % categories;
        s[i] = (float) derivative(c, shareGC[from + i], s[i], sumC[c]);
      }
      rawGC.add(gradients, factor, s, from, count);
    }
    return nats;
  }

  private int exp(int from) {
    int count = rawGC.read(from, raw);
    System.arraycopy(raw, 0, s, 0, count);
    piece.exp(s, count);
    return count;
  }

  private double derivative(int c, double share, double value, double sum) {
    double found = value / sum;
    return prior.shapeWeightC()[c] * (found - share)
        + prior.levelWeightC()[c] * (sum / prior.levelC()[c] - 1) * found;
  }
}
