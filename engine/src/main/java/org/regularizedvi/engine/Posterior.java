package org.regularizedvi.engine;

import java.util.function.IntFunction;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;

/**
 * Holds a normal distribution per cell and dimension.
 *
 * @param mean cells x dimensions
 * @param variance of the same shape
 */
public record Posterior(FloatMatrix mean, FloatMatrix variance) {
  /**
   * Checks that both matrices have the same shape.
   *
   * @throws IllegalArgumentException when their shapes differ
   */
  public Posterior {
    if (mean.rows() != variance.rows() || mean.columns() != variance.columns()) {
      throw new IllegalArgumentException(
          "Means of %d x %d with variances of %d x %d"
              .formatted(mean.rows(), mean.columns(), variance.rows(), variance.columns()));
    }
  }

  /**
   * {@return the distribution of each draw times a number}
   *
   * @param scaleK gives the numbers of a cell, one per dimension
   */
  public Posterior times(IntFunction<float[]> scaleK) {
    float[] means = mean.values().clone();
    float[] variances = variance.values().clone();
    for (int n = 0; n < mean.rows(); n++) {
      float[] scale = scaleK.apply(n);
      for (int k = 0; k < scale.length; k++) {
        means[n * scale.length + k] *= scale[k];
        variances[n * scale.length + k] *= scale[k] * scale[k];
      }
    }
    return new Posterior(
        new FloatMatrix(mean.rows(), mean.columns(), means),
        new FloatMatrix(mean.rows(), mean.columns(), variances));
  }

  /**
   * {@return one draw per cell and dimension, mean + sqrt(variance) * normal, in float32: cells x
   * dimensions}
   *
   * @param noise gives the standard normals
   * @param draw which of the noise's draws these are
   */
  public FloatMatrix sample(Noise noise, Draw draw) {
    float[] values = new float[mean.values().length];
    float[] normals = new float[mean.columns()];
    for (int n = 0; n < mean.rows(); n++) {
      noise.normals(draw, n, normals);
      for (int k = 0; k < normals.length; k++) {
        int at = n * normals.length + k;
        values[at] = draw(at, normals[k]);
      }
    }
    return new FloatMatrix(mean.rows(), mean.columns(), values);
  }

  /**
   * {@return the draw that a standard normal gives, in float32}
   *
   * @param at place of the cell and dimension in row-major order
   * @param normal a standard normal
   */
  public float draw(int at, float normal) {
    float sigma = (float) Math.sqrt(variance.values()[at]);
    return mean.values()[at] + sigma * normal;
  }
}
