package org.regularizedvi.reference.torch;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.engine.Posterior;

/**
 * Holds a normal distribution per cell and dimension.
 *
 * @param mean N x K
 * @param variance N x K, positive
 */
public record NormalPosterior(Tensor mean, Tensor variance) {
  /** {@return the means and variances, copied} */
  public Posterior numbers() {
    return new Posterior(Tensors.matrix(mean), Tensors.matrix(variance));
  }

  /**
   * {@return the distribution of each draw times a number}
   *
   * @param scale the numbers, N x K or K
   */
  public NormalPosterior times(Tensor scale) {
    return new NormalPosterior(mean.mul(scale), variance.mul(scale.square()));
  }

  /**
   * Draws by the reparameterisation trick from given standard normals.
   *
   * @param noise gives the standard normals
   * @param draw which of the noise's draws these are
   * @return one draw per cell and dimension: N x K
   */
  public Tensor sample(Noise noise, Draw draw) {
    int cells = (int) mean.size(0);
    int columns = (int) mean.size(1);
    float[] normals = new float[cells * columns];
    float[] row = new float[columns];
    for (int n = 0; n < cells; n++) {
      noise.normals(draw, n, row);
      System.arraycopy(row, 0, normals, n * columns, columns);
    }
    return mean.add(variance.sqrt().mul(Tensors.of(normals, cells, columns)));
  }
}
