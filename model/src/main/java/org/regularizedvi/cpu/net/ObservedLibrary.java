package org.regularizedvi.cpu.net;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * The part of the log library size that the observed total explains, with the encoder left to give
 * the rest:
 *
 * <pre>
 *   l_n = b + w (t'_n - b) + l_encoded,n      t'_n = log(max(total_n, 1)) - a + b
 * </pre>
 *
 * with a and b the prior's mean before and after centring, and one w for all cells, which is
 * LogNormal in the posterior.
 *
 * @param meanLogW mean of log w, a scalar parameter
 * @param logSigma log of its standard deviation, a scalar parameter
 */
public record ObservedLibrary(Tensor meanLogW, Tensor logSigma, LibraryPrior prior) {
  static ObservedLibrary of(ModalitySpec spec, ParameterTensors parameters, LibraryPrior prior) {
    LibrarySize library = new LibrarySize(spec);
    return new ObservedLibrary(
        parameters.get(library.weightMean()), parameters.get(library.weightLogSigma()), prior);
  }

  /** One draw of w for all cells: a scalar. */
  public Tensor draw(Noise noise, int modality) {
    float[] normal = new float[1];
    noise.sharedNormals(Draw.of(Draw.Kind.LIBRARY_WEIGHT, modality), normal);
    return meanLogW.add(logSigma.exp().mul(Tensors.scalar(normal[0]))).exp();
  }

  /** The posterior mean of w, exp(mu + sigma^2 / 2): a scalar. */
  public Tensor mean() {
    return meanLogW.add(logSigma.exp().square().mul(Tensors.scalar(0.5))).exp();
  }

  /**
   * The posterior of l, from the encoder's: its mean moved by what w says, its variance kept.
   *
   * @param totals total count of each cell
   */
  public NormalPosterior shift(NormalPosterior encoded, double[] totals, Tensor w) {
    float[] observed = new float[totals.length];
    for (int n = 0; n < observed.length; n++) {
      observed[n] = (float) (Math.log(Math.max(totals[n], 1)) - prior.globalLogMean());
    }
    Tensor shiftN1 =
        Tensors.of(observed, observed.length, 1).mul(w).add(Tensors.scalar(prior.logSensitivity()));
    return new NormalPosterior(encoded.mean().add(shiftN1), encoded.variance());
  }
}
