package org.regularizedvi.cpu.term;

import java.util.Optional;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes the scales alpha of the dimensions of a modality's z, which all cells share, and the
 * divergence of their posterior LogNormal(mu, sigma) from their prior LogNormal(m, c):
 *
 * <pre>
 *   alpha = exp(mu + sigma eps)      by mu:  alpha      by log sigma:  alpha sigma eps
 *   divergence:  1/2 ((sigma^2 + (mu - m)^2) / c - 1 - log(sigma^2 / c))
 *   by mu:  (mu - m) / c      by log sigma:  sigma^2 / c - 1
 * </pre>
 */
public final class LatentRelevanceTerm implements SharedTerm {
  private final LatentRelevance own;
  private final Entries mu;
  private final Entries logSigma;

  /**
   * Holds the scales of all cells.
   *
   * @param alphaK the scales, which are also their derivatives by mu
   * @param byLogSigmaK their derivatives by log sigma
   */
  public record Scales(float[] alphaK, double[] byLogSigmaK) {}

  private LatentRelevanceTerm(LatentRelevance own, Parameters parameters) {
    this.own = own;
    this.mu = new Entries(parameters, own.loc());
    this.logSigma = new Entries(parameters, own.logScale());
  }

  /**
   * {@return the scales; empty for a modality without}
   *
   * @param spec the modality
   * @param parameters of the whole model
   */
  public static Optional<LatentRelevanceTerm> of(ModalitySpec spec, Parameters parameters) {
    return LatentRelevance.of(spec).map(own -> new LatentRelevanceTerm(own, parameters));
  }

  /** {@return the number of dimensions} */
  public int dimensions() {
    return mu.size();
  }

  /**
   * {@return one draw for all cells}
   *
   * @param noise gives the standard normals
   */
  public Scales draw(Noise noise) {
    float[] normals = new float[mu.size()];
    noise.sharedNormals(Draw.of(Draw.Kind.ARD, own.spec().index()), normals);
    return scales(normals);
  }

  /** {@return the medians of the posterior} */
  public Scales median() {
    return scales(new float[mu.size()]);
  }

  private Scales scales(float[] normals) {
    float[] alpha = new float[normals.length];
    double[] byLogSigma = new double[normals.length];
    for (int k = 0; k < alpha.length; k++) {
      double spread = Math.exp(logSigma.get(k)) * normals[k];
      alpha[k] = (float) Math.exp(mu.get(k) + spread);
      byLogSigma[k] = alpha[k] * spread;
    }
    return new Scales(alpha, byLogSigma);
  }

  /**
   * Adds what comes through the scales to the gradients by their parameters.
   *
   * @param byScaleK the gradient of the loss by the scales, all cells' together
   * @param scales those of all cells
   * @param gradients of the parameters
   */
  public void differentiateScales(double[] byScaleK, Scales scales, Gradients gradients) {
    for (int k = 0; k < byScaleK.length; k++) {
      mu.add(gradients, k, byScaleK[k] * scales.alphaK()[k]);
      logSigma.add(gradients, k, byScaleK[k] * scales.byLogSigmaK()[k]);
    }
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.ARD;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    double c = LatentRelevance.PRIOR_VARIANCE;
    double divergence = 0;
    for (int k = 0; k < mu.size(); k++) {
      double variance = Math.exp(2 * logSigma.get(k));
      double away = mu.get(k) - LatentRelevance.PRIOR_MEAN;
      divergence += LatentRelevance.divergence(mu.get(k), logSigma.get(k));
      mu.add(gradients, k, factor * away / c);
      logSigma.add(gradients, k, factor * (variance / c - 1));
    }
    return divergence;
  }
}
