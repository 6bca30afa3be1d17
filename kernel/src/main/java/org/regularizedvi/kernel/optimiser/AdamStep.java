package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of Adam with an L2 term in the gradient, as PyTorch defines it, in one pass over memory
 * (Kingma and Ba 2015):
 *
 * <pre>
 *   g' = g + decay p          m' = m + (1 - beta1) (g' - m)       v' = beta2 v + (1 - beta2) g'^2
 *   p' = p - lr / (1 - beta1^t) * m' / (sqrt(v') / sqrt(1 - beta2^t) + eps)
 * </pre>
 *
 * Every entry is computed on its own, so the result does not depend on how a tensor is split.
 */
public final class AdamStep {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private final float blend1;
  private final float beta2;
  private final float blend2;
  private final float stepSize;
  private final float rootScale;
  private final float eps;
  private final float decay;

  /**
   * Prepares one step.
   *
   * @param step the number of this step; the first is 1
   * @param lr the learning rate
   * @param beta1 how much of the first moment stays, 0 to 1
   * @param beta2 how much of the second moment stays, 0 to 1
   * @param eps added to the root of the second moment
   * @param weightDecay the L2 term: how much of a parameter is added to its gradient
   * @throws IllegalArgumentException when {@code step} is below 1
   */
  public AdamStep(
      long step, double lr, double beta1, double beta2, double eps, double weightDecay) {
    if (step < 1) {
      throw new IllegalArgumentException("Adam counts its steps from 1, not " + step);
    }
    this.blend1 = (float) (1 - beta1);
    this.beta2 = (float) beta2;
    this.blend2 = (float) (1 - beta2);
    this.stepSize = (float) (lr / (1 - Math.pow(beta1, step)));
    this.rootScale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
    this.eps = (float) eps;
    this.decay = (float) weightDecay;
  }

  private AdamStep(AdamStep like, double factor) {
    this.blend1 = like.blend1;
    this.beta2 = like.beta2;
    this.blend2 = like.blend2;
    this.stepSize = (float) (like.stepSize * factor);
    this.rootScale = like.rootScale;
    this.eps = like.eps;
    this.decay = like.decay;
  }

  /**
   * {@return the same step at a multiple of its learning rate}
   *
   * @param factor multiplies the learning rate
   */
  public AdamStep times(double factor) {
    return factor == 1 ? this : new AdamStep(this, factor);
  }

  /**
   * {@return the numbers of the formula, for who computes it elsewhere: 1 - beta1, beta2, 1 -
   * beta2, the step size lr / (1 - beta1^t), what the root of the second moment is multiplied by,
   * eps, decay}
   */
  public float[] numbers() {
    return new float[] {blend1, beta2, blend2, stepSize, rootScale, eps, decay};
  }

  /**
   * Updates entries {@code [from, to)} of parameters and of both moments; the gradient is only
   * read. All four hold float32 and are of one size.
   *
   * @param parameter p
   * @param gradient g
   * @param first the first moment m
   * @param second the second moment v
   * @param from the first entry
   * @param to the entry after the last
   */
  public void apply(
      MemorySegment parameter,
      MemorySegment gradient,
      MemorySegment first,
      MemorySegment second,
      long from,
      long to) {
    ByteOrder order = ByteOrder.nativeOrder();
    int lanes = SPECIES.length();
    long i = from;
    for (; i + lanes <= to; i += lanes) {
      long at = i * Float.BYTES;
      FloatVector p = FloatVector.fromMemorySegment(SPECIES, parameter, at, order);
      FloatVector m = FloatVector.fromMemorySegment(SPECIES, first, at, order);
      FloatVector v = FloatVector.fromMemorySegment(SPECIES, second, at, order);
      FloatVector g = FloatVector.fromMemorySegment(SPECIES, gradient, at, order);
      g = p.mul(decay).add(g);
      m = g.sub(m).mul(blend1).add(m);
      v = g.mul(g).mul(blend2).add(v.mul(beta2));
      FloatVector root = v.sqrt().mul(rootScale).add(eps);
      m.intoMemorySegment(first, at, order);
      v.intoMemorySegment(second, at, order);
      p.sub(m.div(root).mul(stepSize)).intoMemorySegment(parameter, at, order);
    }
    for (; i < to; i++) {
      float p = parameter.getAtIndex(JAVA_FLOAT, i);
      float m = first.getAtIndex(JAVA_FLOAT, i);
      float v = second.getAtIndex(JAVA_FLOAT, i);
      float g = p * decay + gradient.getAtIndex(JAVA_FLOAT, i);
      m = (g - m) * blend1 + m;
      v = g * g * blend2 + v * beta2;
      first.setAtIndex(JAVA_FLOAT, i, m);
      second.setAtIndex(JAVA_FLOAT, i, v);
      float root = (float) Math.sqrt(v) * rootScale + eps;
      parameter.setAtIndex(JAVA_FLOAT, i, p - m / root * stepSize);
    }
  }
}
