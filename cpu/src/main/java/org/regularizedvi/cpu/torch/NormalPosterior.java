package org.regularizedvi.cpu.torch;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.engine.Posterior;

/** A normal distribution a cell and dimension: N x K each. */
public record NormalPosterior(Tensor mean, Tensor variance) {
  /** The same numbers without the graph behind them, as leaves that gradients stop at. */
  public NormalPosterior leaves() {
    return new NormalPosterior(
        mean.detach().requires_grad_(true), variance.detach().requires_grad_(true));
  }

  /** Its numbers. */
  public Posterior numbers() {
    return new Posterior(Tensors.matrix(mean), Tensors.matrix(variance));
  }

  /** Draws by the reparameterisation trick from given standard normals. */
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
