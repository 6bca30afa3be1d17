package org.regularizedvi.answers;

import java.util.Arrays;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.kernel.random.CounterRandom;

/** Computes the mean of the softmax of a normal distribution, which has no closed form. */
final class LogisticNormal {
  private static final int DRAWS = 5000;

  private LogisticNormal() {}

  /**
   * {@return the mean of the softmax of {@value #DRAWS} draws per cell, a function of the
   * generator, the draw and the cell}
   *
   * @param normal before the softmax
   * @param cells each row's cell in the data set
   */
  static FloatMatrix mean(Posterior normal, Draw purpose, int[] cells, CounterRandom random) {
    float[] mean = normal.mean().values();
    float[] variance = normal.variance().values();
    int latent = normal.mean().columns();
    float[] result = new float[mean.length];
    float[] normals = new float[DRAWS * latent];
    double[] sums = new double[latent];
    double[] draw = new double[latent];
    for (int n = 0; n < cells.length; n++) {
      random.normals(purpose.purpose(), purpose.step(0), cells[n], 0, normals, 0, normals.length);
      Arrays.fill(sums, 0);
      for (int s = 0; s < DRAWS; s++) {
        double total = 0;
        for (int k = 0; k < latent; k++) {
          int at = n * latent + k;
          draw[k] = Math.exp(mean[at] + Math.sqrt(variance[at]) * normals[s * latent + k]);
          total += draw[k];
        }
        for (int k = 0; k < latent; k++) {
          sums[k] += draw[k] / total;
        }
      }
      for (int k = 0; k < latent; k++) {
        result[n * latent + k] = (float) (sums[k] / DRAWS);
      }
    }
    return new FloatMatrix(cells.length, latent, result);
  }
}
