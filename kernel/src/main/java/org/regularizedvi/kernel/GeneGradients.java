package org.regularizedvi.kernel;

/**
 * Gradients of the genes' parameters, scaled by the plan's scale and added to what the arrays hold;
 * tile column j is element offset + j. An empty array means that nobody wants that one.
 *
 * @param bias sum of the logits' gradient over cells
 * @param background d/ds
 * @param logScaling d/d log y; divide by y for d/dy
 * @param logTheta d/dm
 * @param logSigma d/d log sigma
 * @param offset element of column 0
 */
public record GeneGradients(
    float[] bias,
    float[] background,
    float[] logScaling,
    float[] logTheta,
    float[] logSigma,
    int offset) {
  private static final float[] UNWANTED = {};

  /** No gradients: for {@link Pass#VALUE}. */
  public static final GeneGradients NONE =
      new GeneGradients(UNWANTED, UNWANTED, UNWANTED, UNWANTED, UNWANTED, 0);
}
