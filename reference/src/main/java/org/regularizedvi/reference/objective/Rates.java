package org.regularizedvi.reference.objective;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.BurstSize;
import org.regularizedvi.kernel.BurstSizes;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes what the terms of a modality make of the decoder's last hidden layer: the mean and the
 * inverse dispersion of every count.
 *
 * <pre>
 *   mu = exp(l) * (rho + s) * y, times the modality's learned factor where it has one
 * </pre>
 *
 * <p>With bursts (see {@link BurstSize}) rho is f b, and the inverse dispersion follows from the
 * variance of each count:
 *
 * <pre>
 *   theta = mu^2 / ((exp(l) y)^2 f b^2 + v + 1e-8)
 * </pre>
 *
 * <p>The learned factor is on mu alone, as in the Python package.
 *
 * @param scaleNG rho, by the decoder
 * @param rateNG mu, counts
 * @param thetaNG inverse dispersion
 */
public record Rates(Tensor scaleNG, Tensor rateNG, Tensor thetaNG) {

  /**
   * {@return the rates of cells}
   *
   * @param modality the networks and terms of the modality
   * @param hiddenNH decoder's last hidden layer
   * @param libraryN1 natural logarithm of the library size, N x 1
   * @param covariates of the same cells
   * @param training the step's noise, present in training alone, when theta is drawn
   */
  public static Rates of(
      Modality modality,
      Tensor hiddenNH,
      Tensor libraryN1,
      Covariates covariates,
      Optional<Noise> training) {
    Tensor scale = modality.decoder().scale(hiddenNH);
    Tensor sum = modality.background().map(s -> scale.add(s.of(covariates))).orElse(scale);
    Tensor rate = rate(modality, sum, libraryN1, covariates);
    Tensor dispersion = modality.dispersion().of(covariates, training);
    Optional<Tensor> sizes = modality.decoder().sizes(hiddenNH);
    if (sizes.isEmpty()) {
      return new Rates(scale, rate, dispersion);
    }
    Tensor unit = scaled(modality, libraryN1.exp().mul(torch.ones_like(scale)), covariates);
    Tensor biological = unit.square().mul(scale).mul(sizes.get());
    Tensor variance = biological.add(dispersion).add(Tensors.scalar(BurstSizes.LEAST_VARIANCE));
    return new Rates(scale, rate, rate.square().div(variance));
  }

  /**
   * {@return the expected counts of inference with the background left out: exp(l) rho y}
   *
   * @param modality the networks and terms of the modality
   * @param hiddenNH decoder's last hidden layer
   * @param libraryN1 natural logarithm of the library size, N x 1
   * @param covariates of the same cells
   */
  public static Tensor withoutBackground(
      Modality modality, Tensor hiddenNH, Tensor libraryN1, Covariates covariates) {
    return rate(modality, modality.decoder().scale(hiddenNH), libraryN1, covariates);
  }

  private static Tensor rate(
      Modality modality, Tensor sumNG, Tensor libraryN1, Covariates covariates) {
    return scaled(modality, modality.exposure(libraryN1).exp().mul(sumNG), covariates);
  }

  private static Tensor scaled(Modality modality, Tensor rate, Covariates covariates) {
    return modality.scaling().map(y -> rate.mul(y.of(covariates))).orElse(rate);
  }
}
