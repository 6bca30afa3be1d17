package org.regularizedvi.cpu.layer;

import java.lang.foreign.Arena;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Holds a normal distribution per cell and dimension, draws from it by the reparameterisation
 * trick, and collects the gradients by its means and variances:
 *
 * <pre>
 *   z = m + sqrt(v) eps      dm = dz      dv = dz eps / (2 sqrt(v))
 * </pre>
 *
 * <p>{@link #differentiate} overwrites the gradients of the last step; terms of the loss add theirs
 * after it. Methods that take rows may run for different rows at once.
 */
public final class Gaussian {
  private final int dimensions;
  private final boolean trained;
  private Matrix mean;
  private Matrix variance;
  private Matrix normals;
  private Matrix meanGradient;
  private Matrix varianceGradient;

  /**
   * Makes distributions of no cells.
   *
   * @param dimensions K, the number of dimensions
   * @param trained whether there is room for gradients
   */
  public Gaussian(int dimensions, boolean trained) {
    this.dimensions = dimensions;
    this.trained = trained;
    reserve(Arena.global(), 0);
  }

  /**
   * Makes room for a minibatch, whose numbers are then 0.
   *
   * @param arena owns the memory
   * @param rows number of cells N
   */
  public void reserve(Arena arena, int rows) {
    mean = Matrix.in(arena, rows, dimensions);
    variance = Matrix.in(arena, rows, dimensions);
    normals = Matrix.in(arena, trained ? rows : 0, dimensions);
    meanGradient = Matrix.in(arena, trained ? rows : 0, dimensions);
    varianceGradient = Matrix.in(arena, trained ? rows : 0, dimensions);
  }

  /** {@return K, the number of dimensions} */
  public int dimensions() {
    return dimensions;
  }

  /** {@return the means: N x K} */
  public Matrix mean() {
    return mean;
  }

  /** {@return the variances, above 0: N x K} */
  public Matrix variance() {
    return variance;
  }

  /** {@return the gradients of the loss by the means: N x K} */
  public Matrix meanGradient() {
    return meanGradient;
  }

  /** {@return the gradients of the loss by the variances: N x K} */
  public Matrix varianceGradient() {
    return varianceGradient;
  }

  /**
   * Draws for some cells.
   *
   * @param noise gives the standard normals
   * @param draw which of the noise's draws these are
   * @param from the first row
   * @param to the row after the last
   * @param zNK takes the draws
   */
  public void draw(Noise noise, Draw draw, int from, int to, Matrix zNK) {
    float[] eps = new float[dimensions];
    float[] m = new float[dimensions];
    float[] v = new float[dimensions];
    for (int n = from; n < to; n++) {
      noise.normals(draw, n, eps);
      if (trained) {
        normals.setRow(n, eps);
      }
      mean.copyRow(n, m);
      variance.copyRow(n, v);
      for (int k = 0; k < dimensions; k++) {
        m[k] += (float) Math.sqrt(v[k]) * eps[k];
      }
      zNK.setRow(n, m);
    }
  }

  /**
   * Overwrites the gradients by means and variances by those that come through the last draws.
   *
   * @param zGradientNK gradients of the loss by the draws
   * @param from the first row
   * @param to the row after the last
   */
  public void differentiate(Matrix zGradientNK, int from, int to) {
    float[] eps = new float[dimensions];
    float[] v = new float[dimensions];
    float[] d = new float[dimensions];
    for (int n = from; n < to; n++) {
      normals.copyRow(n, eps);
      variance.copyRow(n, v);
      zGradientNK.copyRow(n, d);
      meanGradient.setRow(n, d);
      for (int k = 0; k < dimensions; k++) {
        d[k] *= eps[k] * 0.5f / (float) Math.sqrt(v[k]);
      }
      varianceGradient.setRow(n, d);
    }
  }
}
