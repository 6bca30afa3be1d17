package org.regularizedvi.cpu.objective;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.Decoder;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.net.OneHot;
import org.regularizedvi.cpu.net.ParameterTensors;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * The generative model between the decoder's last hidden layer and the counts, composed of tensor
 * operations.
 *
 * <pre>
 *   rho   = softplus or softmax of the scale decoder
 *   mu    = exp(l) * (rho + s) * y, times a modality's learned factor where it has one
 *   theta = exp(px_r_mu + exp(px_r_log_sigma) * eps) in training, exp(px_r_mu) otherwise
 * </pre>
 *
 * @param scaleNG rho
 * @param rateNG mu
 * @param thetaNG inverse dispersion
 */
public record Rates(Tensor scaleNG, Tensor rateNG, Tensor thetaNG) {

  /**
   * @param libraryN1 log library size, N x 1
   * @param noise present in training
   */
  public static Rates of(
      Modality modality,
      Tensor hiddenNH,
      Tensor libraryN1,
      Covariates covariates,
      Optional<Noise> noise) {
    Tensor scale = scale(modality, hiddenNH);
    Tensor sum = scale;
    if (modality.spec().generative().useAdditiveBackground()) {
      sum = sum.add(background(modality, covariates));
    }
    Tensor rate = rate(modality, sum, libraryN1, covariates);
    return new Rates(scale, rate, theta(modality, covariates, noise));
  }

  /** Those of inference with the background left out: mu = exp(l) rho y. */
  public static Rates withoutBackground(
      Modality modality, Tensor hiddenNH, Tensor libraryN1, Covariates covariates) {
    Tensor scale = scale(modality, hiddenNH);
    Tensor rate = rate(modality, scale, libraryN1, covariates);
    return new Rates(scale, rate, theta(modality, covariates, Optional.empty()));
  }

  private static Tensor rate(
      Modality modality, Tensor sumNG, Tensor libraryN1, Covariates covariates) {
    Tensor rate = modality.exposure(libraryN1).exp().mul(sumNG);
    return modality.spec().generative().useFeatureScaling()
        ? rate.mul(scaling(modality, covariates))
        : rate;
  }

  /** rho: N x G. */
  public static Tensor scale(Modality modality, Tensor hiddenNH) {
    Decoder decoder = new Decoder(modality.spec());
    ParameterTensors parameters = modality.parameters();
    Tensor logits =
        torch.linear(
            hiddenNH,
            parameters.get(decoder.scaleWeight()),
            new TensorOptional(parameters.get(decoder.scaleBias())));
    return modality.spec().generative().scaleActivation() == ScaleActivation.SOFTPLUS
        ? torch.softplus(logits)
        : logits.softmax(1);
  }

  /** s: N x G. */
  public static Tensor background(Modality modality, Covariates covariates) {
    Tensor categoriesNC =
        OneHot.ofCategories(
            covariates.codes(Purpose.AMBIENT),
            modality.spec().categories().ambient(),
            covariates.size());
    Tensor backgroundGC =
        modality.parameters().get(new AdditiveBackground(modality.spec()).parameter()).exp();
    return categoriesNC.mm(backgroundGC.t());
  }

  /** y: N x G, or 1 x G when one row serves all cells. */
  public static Tensor scaling(Modality modality, Covariates covariates) {
    Tensor scalingCG =
        Priors.scaling(modality.parameters().get(new FeatureScaling(modality.spec()).parameter()));
    int[] sizes = modality.spec().categories().scaling();
    return sizes.length == 0
        ? scalingCG
        : OneHot.ofCategories(covariates.codes(Purpose.FEATURE_SCALING), sizes, covariates.size())
            .mm(scalingCG);
  }

  /**
   * theta: N x G.
   *
   * @param noise present in training
   */
  public static Tensor theta(Modality modality, Covariates covariates, Optional<Noise> noise) {
    ModalitySpec spec = modality.spec();
    Tensor mu = modality.parameters().get(new InverseDispersion(spec).mean());
    Tensor logSigma = modality.parameters().get(new InverseDispersion(spec).logSigma());
    int cells = covariates.size();
    Draw draw = Draw.of(Draw.Kind.THETA, spec.index());
    if (spec.generative().dispersion() == Dispersion.GENE) {
      Tensor logTheta = mu;
      if (noise.isPresent()) {
        float[] normals = new float[spec.features()];
        noise.get().sharedNormals(draw, normals);
        logTheta = mu.add(logSigma.exp().mul(Tensors.of(normals, spec.features())));
      }
      return logTheta.exp().unsqueeze(0).expand(cells, spec.features());
    }
    Tensor groupsN = Tensors.indices(covariates.codes(Purpose.DISPERSION)[0]);
    Tensor logTheta = mu.t().index_select(0, groupsN);
    if (noise.isPresent()) {
      float[] normals = new float[cells * spec.features()];
      float[] row = new float[spec.features()];
      for (int n = 0; n < cells; n++) {
        noise.get().normals(draw, n, row);
        System.arraycopy(row, 0, normals, n * row.length, row.length);
      }
      Tensor sigma = logSigma.exp().t().index_select(0, groupsN);
      logTheta = logTheta.add(sigma.mul(Tensors.of(normals, cells, spec.features())));
    }
    return logTheta.exp();
  }
}
