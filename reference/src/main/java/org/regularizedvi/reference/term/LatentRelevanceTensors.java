package org.regularizedvi.reference.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.LatentRelevance;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the scales of the dimensions of z that all cells share, and their divergence.
 *
 * @param term its stored parameters
 * @param parameters of the whole model
 */
public record LatentRelevanceTensors(LatentRelevance term, ParameterTensors parameters) {
  /**
   * {@return the scales of a modality; empty when it has none}
   *
   * @param spec the place, options and names of the modality
   * @param parameters of the whole model
   */
  public static Optional<LatentRelevanceTensors> of(
      ModalitySpec spec, ParameterTensors parameters) {
    return LatentRelevance.of(spec).map(term -> new LatentRelevanceTensors(term, parameters));
  }

  /** {@return the medians of the scales: K} */
  public Tensor median() {
    return parameters.get(term.loc()).exp();
  }

  /**
   * {@return one draw of the scales for all cells: K}
   *
   * @param noise gives the standard normals
   */
  public Tensor drawn(Noise noise) {
    Tensor mu = parameters.get(term.loc());
    float[] normals = new float[(int) mu.numel()];
    noise.sharedNormals(Draw.of(Draw.Kind.ARD, term.spec().index()), normals);
    Tensor sigma = parameters.get(term.logScale()).exp();
    return mu.add(sigma.mul(Tensors.of(normals, normals.length))).exp();
  }

  /**
   * {@return the divergence of the posterior LogNormal from the prior: a scalar in double
   * precision, nats}
   */
  public Tensor divergence() {
    Tensor logSigma = parameters.get(term.logScale()).to(torch.ScalarType.Double);
    Tensor share =
        logSigma.mul(Tensors.scalar(2)).exp().div(Tensors.scalar(LatentRelevance.PRIOR_VARIANCE));
    return parameters
        .get(term.loc())
        .to(torch.ScalarType.Double)
        .sub(Tensors.scalar(LatentRelevance.PRIOR_MEAN))
        .square()
        .div(Tensors.scalar(LatentRelevance.PRIOR_VARIANCE))
        .add(share)
        .sub(Tensors.scalar(1))
        .sub(share.log())
        .sum()
        .mul(Tensors.scalar(0.5));
  }
}
