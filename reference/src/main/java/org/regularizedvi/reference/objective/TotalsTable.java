package org.regularizedvi.reference.objective;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.term.FeatureScalingTensors;
import org.regularizedvi.reference.torch.OneHot;

/**
 * Sums a cell's expected counts over the features, its own apart from each ambient category's. A
 * feature's scaling depends on the cell's categories alone, so all but rho is a small table, and
 * the only matrix of cells x features is rho.
 *
 * @param modality the networks and terms of the modality
 * @param scalingSG y of each scaling category, a row of ones where there is none
 * @param backgroundSC sums over the features of y * s, by scaling and ambient category
 */
public record TotalsTable(Modality modality, Tensor scalingSG, Tensor backgroundSC) {

  /**
   * {@return the table of a modality with a background; its tensors belong to the caller's pointer
   * scope}
   *
   * @param modality the networks and terms of the modality
   */
  public static TotalsTable of(Modality modality) {
    Tensor backgroundGC = modality.background().orElseThrow().byCategoryGC();
    Tensor scalingSG =
        modality
            .scaling()
            .map(FeatureScalingTensors::byCategoryCG)
            .orElseGet(() -> torch.ones(1, backgroundGC.size(0)));
    return new TotalsTable(modality, scalingSG, scalingSG.mm(backgroundGC));
  }

  /**
   * {@return exp(l) times the sum over the features of rho * y: N}
   *
   * @param hiddenNH decoder's last hidden layer
   * @param libraryN1 natural logarithm of the library size
   * @param covariates of the same cells
   */
  public Tensor nativeN(Tensor hiddenNH, Tensor libraryN1, Covariates covariates) {
    Tensor byScalingNS = modality.decoder().scale(hiddenNH).mm(scalingSG.t());
    Tensor sumN = byScalingNS.mul(scalingOf(covariates)).sum(1);
    return modality.exposure(libraryN1).exp().view(-1).mul(sumN);
  }

  /**
   * {@return what each ambient category's background would add to a cell's total count: N x C}
   *
   * @param libraryN1 natural logarithm of the library size
   * @param covariates of the same cells
   */
  public Tensor backgroundNC(Tensor libraryN1, Covariates covariates) {
    return modality.exposure(libraryN1).exp().mul(scalingOf(covariates).mm(backgroundSC));
  }

  /** {@return ones for the rows of the table that a cell's y is the sum of: N x S} */
  private Tensor scalingOf(Covariates covariates) {
    int[] sizes = modality.spec().categories().scaling();
    return scalingSG.size(0) == 1
        ? torch.ones(covariates.size(), 1)
        : OneHot.ofCategories(covariates.codes(Purpose.FEATURE_SCALING), sizes, covariates.size());
  }
}
