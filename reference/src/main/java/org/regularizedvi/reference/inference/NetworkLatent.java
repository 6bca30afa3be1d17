package org.regularizedvi.reference.inference;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.engine.JointLatent;
import org.regularizedvi.reference.net.LatentCombination;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Joins the parts of a network's z as tensor operations.
 *
 * @param latent says who encodes z and how the parts are joined
 */
public record NetworkLatent(LatentCombination latent) implements JointLatent {
  @Override
  public FloatMatrix softmax(FloatMatrix drawsNK) {
    return Inference.matrix(() -> Tensors.of(drawsNK).softmax(1));
  }

  @Override
  public FloatMatrix of(List<FloatMatrix> partsNK, Presence presence) {
    return Inference.matrix(() -> latent.joint(tensors(partsNK), presence));
  }

  @Override
  public Optional<FloatMatrix> weights(List<FloatMatrix> partsNK, Presence presence) {
    return Inference.run(() -> latent.weights(tensors(partsNK), presence).map(Tensors::matrix));
  }

  private static List<Tensor> tensors(List<FloatMatrix> matrices) {
    return matrices.stream().map(Tensors::of).toList();
  }
}
