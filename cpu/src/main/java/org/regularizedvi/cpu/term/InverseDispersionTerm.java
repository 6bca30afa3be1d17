package org.regularizedvi.cpu.term;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.kernel.special.Softplus;

/**
 * Computes the containment prior of a modality's inverse dispersion, with mu and sigma of log theta
 * and r, the expectation of theta to the power p or a draw of it, p = -1/2 or with bursts 1/2:
 *
 * <pre>
 *   - sum_d log Gamma(lambda_d) - sum_gd [log sigma + 1/2 log(2 pi e)] - sum_gd [log lambda_d - lambda_d r]
 *
 *   r = exp(s + p mu)      s = sigma^2 / 8, or p sigma eps where theta is drawn
 *   by mu:         p lambda r
 *   by log sigma:  lambda r s' - 1      s' = 2 s, or s where theta is drawn
 *   by lambda_d:   beta - (alpha - 1) / lambda_d - G / lambda_d + sum_g r
 * </pre>
 */
public final class InverseDispersionTerm implements SharedTerm {
  private static final double NORMAL_ENTROPY = 0.5 * Math.log(2 * Math.PI * Math.E);

  private final InverseDispersion own;
  private final GammaPrior hyperPrior;
  private final Entries muGD;
  private final Entries logSigmaGD;
  private final Entries rawRateD;
  private final double[] lambdaD;
  private final float power;

  // of a piece, which has all groups of its features
  private final NativePiece piece;
  private final float[] lambdas;
  private final float[] mu;
  private final float[] logSigma;
  private final float[] spread;
  private final float[] root;

  /** The sums of r over the pieces, by place in the piece. */
  private final double[] rootSums;

  private InverseDispersionTerm(
      InverseDispersion own, DispersionHyperPrior hyperPrior, Parameters parameters) {
    this.own = own;
    this.hyperPrior = hyperPrior.gamma();
    this.muGD = new Entries(parameters, own.mean());
    this.logSigmaGD = new Entries(parameters, own.logSigma());
    this.rawRateD = new Entries(parameters, own.rate());
    this.lambdaD = new double[own.groups()];
    this.power = (float) own.power();
    int length = Math.max(1, Entries.PIECE / own.groups()) * own.groups();
    this.piece = new NativePiece(length);
    this.lambdas = new float[length];
    this.mu = new float[length];
    this.logSigma = new float[length];
    this.spread = new float[length];
    this.root = new float[length];
    this.rootSums = new double[length];
  }

  /**
   * {@return the term; empty without the prior}
   *
   * @param own the modality's dispersion
   * @param hyperPrior of the rates lambda
   * @param parameters of the whole model
   */
  public static Optional<InverseDispersionTerm> of(
      InverseDispersion own, DispersionHyperPrior hyperPrior, Parameters parameters) {
    return own.contained()
        ? Optional.of(new InverseDispersionTerm(own, hyperPrior, parameters))
        : Optional.empty();
  }

  @Override
  public GlobalTerm term() {
    return GlobalTerm.DISPERSION;
  }

  @Override
  public double differentiate(double factor, Gradients gradients, Noise noise) {
    start();
    Optional<float[]> normals = normals(noise);
    double entropy = muGD.size() * NORMAL_ENTROPY;
    int count;
    for (int from = 0; from < muGD.size(); from += count) {
      count = muGD.read(from, mu);
      logSigmaGD.read(from, logSigma);
      entropy += Sums.of(logSigma, count);
      if (normals.isPresent()) {
        drawnSpread(normals.get(), from, count);
      } else {
        expectedSpread(count);
      }
      roots(count);
      slopes(count, normals.isPresent() ? 1 : 2);
      muGD.add(gradients, factor, mu, from, count);
      logSigmaGD.add(gradients, factor, logSigma, from, count);
    }
    return ofRates(factor, gradients) - entropy;
  }

  /** Reads the rates, and sets the sums to 0. */
  private void start() {
    Arrays.fill(rootSums, 0);
    for (int d = 0; d < lambdaD.length; d++) {
      lambdaD[d] = Softplus.value(rawRateD.get(d));
    }
    for (int i = 0; i < lambdas.length; i++) {
      lambdas[i] = (float) lambdaD[i % lambdaD.length];
    }
  }

  private Optional<float[]> normals(Noise noise) {
    if (!noise.drawsDispersionPrior()) {
      return Optional.empty();
    }
    float[] normals = new float[muGD.size()];
    noise.sharedNormals(Draw.of(Draw.Kind.DISPERSION_PRIOR, own.spec().index()), normals);
    return Optional.of(normals);
  }

  private void expectedSpread(int count) {
    for (int i = 0; i < count; i++) {
      spread[i] = 2 * logSigma[i];
    }
    piece.exp(spread, count);
    for (int i = 0; i < count; i++) {
      spread[i] *= 0.125f;
    }
  }

  private void drawnSpread(float[] normals, int from, int count) {
    System.arraycopy(logSigma, 0, spread, 0, count);
    piece.exp(spread, count);
    for (int i = 0; i < count; i++) {
      spread[i] *= power * normals[from + i];
    }
  }

  /** Computes r and adds it to the sums. */
  private void roots(int count) {
    for (int i = 0; i < count; i++) {
      root[i] = spread[i] + power * mu[i];
    }
    piece.exp(root, count);
    for (int i = 0; i < count; i++) {
      rootSums[i] += root[i];
    }
  }

  /** Replaces mu and log sigma by the derivatives by them. */
  private void slopes(int count, float spreadSlope) {
    for (int i = 0; i < count; i++) {
      float lambdaRoot = lambdas[i] * root[i];
      mu[i] = power * lambdaRoot;
      logSigma[i] = lambdaRoot * spreadSlope * spread[i] - 1;
    }
  }

  /** Returns what depends on lambda, with the sums over features known. */
  private double ofRates(double factor, Gradients gradients) {
    int features = muGD.size() / lambdaD.length;
    double value = 0;
    for (int d = 0; d < lambdaD.length; d++) {
      double lambda = lambdaD[d];
      double roots = 0;
      for (int i = d; i < rootSums.length; i += lambdaD.length) {
        roots += rootSums[i];
      }
      value += lambda * roots - features * Math.log(lambda) - hyperPrior.logDensity(lambda);
      double byLambda = hyperPrior.beta() + roots - (hyperPrior.alpha() - 1 + features) / lambda;
      rawRateD.add(gradients, d, factor * byLambda * Softplus.derivative(rawRateD.get(d)));
    }
    return value;
  }
}
