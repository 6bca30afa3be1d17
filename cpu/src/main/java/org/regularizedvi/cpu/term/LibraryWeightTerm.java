package org.regularizedvi.cpu.term;

import java.util.Optional;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.cpu.layer.Gaussian;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Computes w, the weight of the observed total in the library size of a residual encoder: what it
 * does to q(l|x), and the divergence of its posterior LogNormal(mu, sigma) from its prior
 * Exponential(rate).
 *
 * <pre>
 *   l = b + w (log(max(total, 1)) - a) + l_encoded
 *   divergence:  - (mu + 1/2 + log sigma + 1/2 log(2 pi)) + rate E - log(rate)      E = exp(mu + sigma^2 / 2)
 *   by mu:  rate E - 1      by log sigma:  rate E sigma^2 - 1
 * </pre>
 */
public final class LibraryWeightTerm implements SharedTerm {
  private final LibrarySize own;
  private final LibraryPrior prior;
  private final Entries mu;
  private final Entries logSigma;

  /**
   * Holds a w.
   *
   * @param value the w, which is also its derivative by mu
   * @param byLogSigma its derivative by log sigma
   */
  public record Weight(double value, double byLogSigma) {}

  private LibraryWeightTerm(LibrarySize own, LibraryPrior prior, Parameters parameters) {
    this.own = own;
    this.prior = prior;
    this.mu = new Entries(parameters, own.weightMean());
    this.logSigma = new Entries(parameters, own.weightLogSigma());
  }

  /**
   * {@return the weight; empty when the encoder gives the whole library size}
   *
   * @param spec the modality
   * @param prior where the log library size is centred
   * @param parameters of the whole model
   */
  public static Optional<LibraryWeightTerm> of(
      ModalitySpec spec, LibraryPrior prior, Parameters parameters) {
    LibrarySize own = new LibrarySize(spec);
    return own.residual()
        ? Optional.of(new LibraryWeightTerm(own, prior, parameters))
        : Optional.empty();
  }

  /**
   * {@return one draw for all cells: exp(mu + sigma eps)}
   *
   * @param noise gives the standard normal
   */
  public Weight draw(Noise noise) {
    float[] normal = new float[1];
    noise.sharedNormals(Draw.of(Draw.Kind.LIBRARY_WEIGHT, own.spec().index()), normal);
    double spread = Math.exp(logSigma.get(0)) * normal[0];
    double value = Math.exp(mu.get(0) + spread);
    return new Weight(value, value * spread);
  }

  /** {@return the posterior mean: exp(mu + sigma^2 / 2)} */
  public Weight mean() {
    double variance = Math.exp(2 * logSigma.get(0));
    double value = Math.exp(mu.get(0) + variance / 2);
    return new Weight(value, value * variance);
  }

  /**
   * Moves the encoder's means by what the observed totals say.
   *
   * @param weight the w of all cells
   * @param totals total count of each cell
   * @param q the encoder's distributions, N x 1, whose means become those of q(l|x)
   * @param from the first row
   * @param to the row after the last
   */
  public void shift(Weight weight, double[] totals, Gaussian q, int from, int to) {
    for (int n = from; n < to; n++) {
      double shift = observed(totals[n]) * weight.value() + prior.logSensitivity();
      q.mean().set(n, 0, (float) (q.mean().get(n, 0) + shift));
    }
  }

  /**
   * Adds what comes through the shift of all cells to the gradients by mu and log sigma; that by
   * the encoder's means is the one by the means of q(l|x).
   *
   * @param weight the w of all cells
   * @param totals total count of each cell
   * @param q the distributions of l, whose gradients are known: N x 1
   * @param rows number of cells
   * @param gradients of the parameters
   */
  public void differentiateShift(
      Weight weight, double[] totals, Gaussian q, int rows, Gradients gradients) {
    double byWeight = 0;
    for (int n = 0; n < rows; n++) {
      byWeight += observed(totals[n]) * q.meanGradient().get(n, 0);
    }
    mu.add(gradients, 0, byWeight * weight.value());
    logSigma.add(gradients, 0, byWeight * weight.byLogSigma());
  }

  private double observed(double total) {
    return Math.log(Math.max(total, 1)) - prior.globalLogMean();
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.LIBRARY_WEIGHT;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    double rate = own.weightPriorRate();
    Weight mean = mean();
    mu.add(gradients, 0, factor * (rate * mean.value() - 1));
    logSigma.add(gradients, 0, factor * (rate * mean.byLogSigma() - 1));
    return LibrarySize.weightDivergence(mu.get(0), logSigma.get(0), rate);
  }
}
