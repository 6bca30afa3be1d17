package org.regularizedvi.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The logits c of the burst sizes of a tile of genes, b = softplus(c) + intercept. They lie as the
 * tile's own logits do, with the same type and row stride, and a pass that wants gradients puts
 * theirs in their place.
 *
 * @param logits the burst size decoder's logits, in place
 * @param intercept the least burst size, above 0
 * @param factor the part of exp(l) that is a factor on mu alone and not on the variance
 * @param biasGradient takes the logits' gradient, summed over cells: element offset + j of {@link
 *     GeneGradients} for column j; an empty array when nobody wants it
 */
public record BurstSizes(
    MemorySegment logits, float intercept, float factor, float[] biasGradient) {
  /** What is added to the variance of a count, so that it is never 0. */
  public static final double LEAST_VARIANCE = 1e-8;

  /** Stands for no burst sizes, where rho is the expression itself. */
  public static final BurstSizes NONE = new BurstSizes(MemorySegment.NULL, 0, 1, new float[0]);
}
