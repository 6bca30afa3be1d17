package org.regularizedvi.kernel;

/**
 * Gradients by the genes' parameters, for one group of cells. The kernel multiplies them by the
 * plan's scale and adds them to what the arrays hold; column j of a tile goes to element offset +
 * j. Nobody wants a gradient whose array is empty.
 *
 * @param bias the logits' gradient, summed over cells
 * @param background the gradient by s
 * @param logScaling the gradient by log y; divide it by y to get that by y
 * @param logTheta the gradient by m, the mean of log theta
 * @param logSigma the gradient by log sigma
 * @param offset the element that belongs to column 0
 */
public record GeneGradients(
    float[] bias,
    float[] background,
    float[] logScaling,
    float[] logTheta,
    float[] logSigma,
    int offset) {
  private static final float[] UNWANTED = {};

  /** Wants no gradient at all: for {@link Pass#VALUE}. */
  public static final GeneGradients NONE =
      new GeneGradients(UNWANTED, UNWANTED, UNWANTED, UNWANTED, UNWANTED, 0);
}
