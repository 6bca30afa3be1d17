package org.regularizedvi.reference.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the inverse dispersion of a modality and its containment prior.
 *
 * @param term its stored parameters
 * @param hyperPrior of the rate of the containment prior
 * @param parameters of the whole model
 */
public record InverseDispersionTensors(
    InverseDispersion term, DispersionHyperPrior hyperPrior, ParameterTensors parameters) {
  /**
   * {@return theta of every cell: N x G}
   *
   * @param covariates of the cells, of which only the dispersion groups count
   * @param training the step's noise, present in training alone, when theta is drawn; without it
   *     theta is at its median
   */
  public Tensor of(Covariates covariates, Optional<Noise> training) {
    return term.byGroup() ? ofGroups(covariates, training) : ofAll(covariates.size(), training);
  }

  private Draw draw() {
    return Draw.of(Draw.Kind.THETA, term.spec().index());
  }

  /** {@return theta from one draw per feature, shared by the cells} */
  private Tensor ofAll(int cells, Optional<Noise> training) {
    int features = term.spec().features();
    Tensor logTheta = parameters.get(term.mean());
    if (training.isPresent()) {
      float[] normals = new float[features];
      training.get().sharedNormals(draw(), normals);
      Tensor sigma = parameters.get(term.logSigma()).exp();
      logTheta = logTheta.add(sigma.mul(Tensors.of(normals, features)));
    }
    return logTheta.exp().unsqueeze(0).expand(cells, features);
  }

  /** {@return theta from one draw per cell and feature, with the parameters of the cell's group} */
  private Tensor ofGroups(Covariates covariates, Optional<Noise> training) {
    int cells = covariates.size();
    int features = term.spec().features();
    Tensor groupsN = Tensors.indices(covariates.codes(Purpose.DISPERSION)[0]);
    Tensor logTheta = parameters.get(term.mean()).t().index_select(0, groupsN);
    if (training.isPresent()) {
      float[] normals = new float[cells * features];
      float[] row = new float[features];
      for (int n = 0; n < cells; n++) {
        training.get().normals(draw(), n, row);
        System.arraycopy(row, 0, normals, n * row.length, row.length);
      }
      Tensor sigma = parameters.get(term.logSigma()).exp().t().index_select(0, groupsN);
      logTheta = logTheta.add(sigma.mul(Tensors.of(normals, cells, features)));
    }
    return logTheta.exp();
  }

  /**
   * {@return the containment prior's term of the loss, a scalar in double precision; empty without
   * the prior} See {@link InverseDispersion#containment}: the mean of theta to the power p is the
   * moment of a LogNormal, unless the noise asks for a draw of theta.
   *
   * @param noise says whether theta is drawn, and gives the draws
   */
  public Optional<Tensor> containment(Noise noise) {
    return term.contained() ? Optional.of(negativeLogDensity(noise)) : Optional.empty();
  }

  private Tensor negativeLogDensity(Noise noise) {
    Tensor lambdaD = torch.softplus(inDouble(term.rate()));
    Tensor muGD = inDouble(term.mean());
    Tensor logSigmaGD = inDouble(term.logSigma());
    Tensor sigmaGD = logSigmaGD.exp();
    Tensor logTheta;
    if (noise.drawsDispersionPrior()) {
      float[] normals = new float[(int) muGD.numel()];
      noise.sharedNormals(Draw.of(Draw.Kind.DISPERSION_PRIOR, term.spec().index()), normals);
      logTheta = muGD.add(sigmaGD.mul(Tensors.of(normals, muGD.shape())));
    } else {
      logTheta = muGD.add(sigmaGD.square().mul(Tensors.scalar(term.power() / 2)));
    }
    Tensor root = logTheta.mul(Tensors.scalar(term.power())).exp();
    Tensor exponential = lambdaD.log().sub(lambdaD.mul(root)).sum();
    Tensor entropy = logSigmaGD.add(Tensors.scalar(0.5 * Math.log(2 * Math.PI * Math.E))).sum();
    return GammaPriorTensors.negativeLogDensity(hyperPrior.gamma(), lambdaD)
        .sub(entropy)
        .sub(exponential);
  }

  private Tensor inDouble(String name) {
    return parameters.get(name).to(torch.ScalarType.Double);
  }
}
