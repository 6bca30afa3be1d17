package org.regularizedvi.reference.objective;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.reference.net.Modality;

/**
 * Computes what the terms of a modality make of the decoder's last hidden layer: the mean and the
 * inverse dispersion of every count.
 *
 * <pre>
 *   mu = exp(l) * (rho + s) * y, times the modality's learned factor where it has one
 * </pre>
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
    return new Rates(scale, rate, modality.dispersion().of(covariates, training));
  }

  /**
   * {@return the rates of inference with the background left out: mu = exp(l) rho y}
   *
   * @param modality the networks and terms of the modality
   * @param hiddenNH decoder's last hidden layer
   * @param libraryN1 natural logarithm of the library size, N x 1
   * @param covariates of the same cells
   */
  public static Rates withoutBackground(
      Modality modality, Tensor hiddenNH, Tensor libraryN1, Covariates covariates) {
    Tensor scale = modality.decoder().scale(hiddenNH);
    Tensor rate = rate(modality, scale, libraryN1, covariates);
    return new Rates(scale, rate, modality.dispersion().of(covariates, Optional.empty()));
  }

  private static Tensor rate(
      Modality modality, Tensor sumNG, Tensor libraryN1, Covariates covariates) {
    Tensor rate = modality.exposure(libraryN1).exp().mul(sumNG);
    return modality.scaling().map(y -> rate.mul(y.of(covariates))).orElse(rate);
  }
}
