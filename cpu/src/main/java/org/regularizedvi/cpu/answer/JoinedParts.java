package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.net.LatentCombination;
import org.regularizedvi.cpu.net.Softmax;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.engine.JointLatent;

/**
 * Joins the parts of z on the thread that calls.
 *
 * @param spec the model
 * @param parameters of the model
 * @param products multiplies
 */
public record JoinedParts(NetworkSpec spec, Parameters parameters, Products products)
    implements JointLatent {
  @Override
  public FloatMatrix softmax(FloatMatrix drawsNK) {
    try (Arena arena = Arena.ofConfined()) {
      Matrix zNK = Matrix.in(arena, drawsNK.rows(), drawsNK.columns());
      zNK.put(drawsNK);
      Softmax.forward(zNK, 0, zNK.rows());
      return zNK.numbers();
    }
  }

  @Override
  public FloatMatrix of(List<FloatMatrix> partsNK, Presence presence) {
    return join(partsNK, presence, joined -> joined.joint().numbers());
  }

  @Override
  public Optional<FloatMatrix> weights(List<FloatMatrix> partsNK, Presence presence) {
    return join(partsNK, presence, joined -> joined.weights().map(Matrix::numbers));
  }

  private <T> T join(
      List<FloatMatrix> partsNK, Presence presence, Function<LatentCombination, T> read) {
    int cells = partsNK.getFirst().rows();
    LatentCombination combination =
        LatentCombination.of(spec, parameters, Gradients.none(), products);
    try (Arena arena = Arena.ofConfined()) {
      combination.reserve(arena, cells);
      for (int e = 0; e < partsNK.size(); e++) {
        combination.parts().get(e).put(partsNK.get(e));
      }
      combination.join(presence, 0, cells);
      return read.apply(combination);
    }
  }
}
