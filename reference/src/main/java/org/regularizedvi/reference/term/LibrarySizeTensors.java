package org.regularizedvi.reference.term;

import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the library size of a modality: its posterior from the encoder's, and the divergences of
 * it and of w, the weight of the observed total, from their priors.
 *
 * @param term the stored parameters of w, and whether there is one
 * @param prior means and variances of the log library size, one per library group
 * @param parameters of the whole model
 */
public record LibrarySizeTensors(
    LibrarySize term, LibraryPrior prior, ParameterTensors parameters) {
  /** Gives w, a scalar, of a residual encoder: a draw or its mean. */
  public interface Weight extends Function<LibrarySizeTensors, Tensor> {
    /**
     * {@return one draw of w for all cells}
     *
     * @param noise gives the draw
     */
    static Weight drawn(Noise noise) {
      return library -> library.drawWeight(noise);
    }

    /** {@return the posterior mean of w} */
    static Weight mean() {
      return LibrarySizeTensors::meanWeight;
    }
  }

  private Tensor meanLogW() {
    return parameters.get(term.weightMean());
  }

  private Tensor logSigma() {
    return parameters.get(term.weightLogSigma());
  }

  private Tensor drawWeight(Noise noise) {
    float[] normal = new float[1];
    noise.sharedNormals(Draw.of(Draw.Kind.LIBRARY_WEIGHT, term.spec().index()), normal);
    return meanLogW().add(logSigma().exp().mul(Tensors.scalar(normal[0]))).exp();
  }

  /** {@return the posterior mean of w, exp(mu + sigma^2 / 2): a scalar} */
  public Tensor meanWeight() {
    return mean(meanLogW(), logSigma());
  }

  private static Tensor mean(Tensor meanLogW, Tensor logSigma) {
    return meanLogW.add(logSigma.exp().square().mul(Tensors.scalar(0.5))).exp();
  }

  /**
   * {@return q(l|x) from what the encoder gives: of a residual one the mean is moved by what the
   * observed total says, the variance is kept}
   *
   * @param encoded the encoder's distribution, N x 1
   * @param totals total count of each cell
   * @param weight gives w, a draw or its mean
   */
  public NormalPosterior posterior(NormalPosterior encoded, double[] totals, Weight weight) {
    if (!term.residual()) {
      return encoded;
    }
    float[] observed = new float[totals.length];
    for (int n = 0; n < observed.length; n++) {
      observed[n] = (float) (Math.log(Math.max(totals[n], 1)) - prior.globalLogMean());
    }
    Tensor shiftN1 =
        Tensors.of(observed, observed.length, 1)
            .mul(weight.apply(this))
            .add(Tensors.scalar(prior.logSensitivity()));
    return new NormalPosterior(encoded.mean().add(shiftN1), encoded.variance());
  }

  /**
   * {@return the divergence of q(l|x) from the prior of the cell's group: N, nats}
   *
   * @param q the distribution of the log library size, N x 1
   * @param covariates of the same cells, of which only the library groups count
   */
  public Tensor divergence(NormalPosterior q, Covariates covariates) {
    int[] groups = covariates.codes(Purpose.LIBRARY_SIZE)[0];
    float[] means = new float[groups.length];
    float[] variances = new float[groups.length];
    for (int n = 0; n < groups.length; n++) {
      means[n] = prior.logMeans()[groups[n]];
      variances[n] = prior.logVars()[groups[n]];
    }
    Tensor meanN1 = Tensors.of(means, groups.length, 1);
    Tensor varianceN1 = Tensors.of(variances, groups.length, 1);
    return q.variance()
        .add(q.mean().sub(meanN1).square())
        .div(varianceN1)
        .sub(Tensors.scalar(1))
        .sub(q.variance().div(varianceN1).log())
        .sum(1)
        .mul(Tensors.scalar(0.5));
  }

  /**
   * {@return the divergence of the posterior of w from its prior, a scalar in double precision;
   * empty when the encoder gives the whole library size} See {@link LibrarySize#weightDivergence}.
   */
  public Optional<Tensor> weightDivergence() {
    if (!term.residual()) {
      return Optional.empty();
    }
    double rate = term.weightPriorRate();
    Tensor mu = meanLogW().to(torch.ScalarType.Double);
    Tensor logSigma = logSigma().to(torch.ScalarType.Double);
    double constant = -0.5 - 0.5 * Math.log(2 * Math.PI) - Math.log(rate);
    return Optional.of(
        mean(mu, logSigma)
            .mul(Tensors.scalar(rate))
            .sub(mu)
            .sub(logSigma)
            .add(Tensors.scalar(constant)));
  }
}
