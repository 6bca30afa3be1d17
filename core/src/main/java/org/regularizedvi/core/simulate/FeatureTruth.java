package org.regularizedvi.core.simulate;

/**
 * Holds the truth about the features of a modality: the terms of mu = exp(l) (rho + s) y, and
 * theta.
 *
 * <p>Scaling and dispersion come from the model's own priors: y ~ Gamma(200, 200), 1 / sqrt(theta)
 * ~ Exponential(3). An ambient profile is the mean profile of its batch's types, moved by
 * LogNormal(0, 0.6).
 *
 * <p>Rates and profiles are those of a cell of typical ambient share; see {@link
 * SimulatedAmbientLevel}.
 *
 * @param rhoTG the native rate of each type; the rates of a type add up to 1 less the ambient
 *     fraction
 * @param ambientBG s of each batch; that of a batch adds up to the ambient fraction
 * @param scalingBG y of each batch
 * @param thetaG the inverse dispersion
 */
public record FeatureTruth(
    double[][] rhoTG, double[][] ambientBG, double[][] scalingBG, double[] thetaG) {
  private static final double AMBIENT_SPREAD = 0.6;
  private static final int SCALING_SHAPE = 200;
  private static final double DISPERSION_RATE = 3;

  static FeatureTruth draw(
      ModalityPlan plan, SimulationPlan all, double[][] compositionBT, TruthDraws draws) {
    double[][] profileTG = Profiles.draw(plan, all.typePlan(), draws);
    int features = plan.features();
    double[][] ambientBG = new double[all.batches()][];
    double[][] scalingBG = new double[all.batches()][features];
    for (int b = 0; b < all.batches(); b++) {
      ambientBG[b] = ambient(profileTG, compositionBT[b], b, plan.ambient().fraction(), draws);
      for (int g = 0; g < features; g++) {
        long row = (long) b * features + g;
        scalingBG[b][g] = draws.gamma(TruthDraws.Kind.SCALING, row, SCALING_SHAPE) / SCALING_SHAPE;
      }
    }
    double[] thetaG = new double[features];
    for (int g = 0; g < features; g++) {
      double root = draws.exponential(TruthDraws.Kind.DISPERSION, 0, g) / DISPERSION_RATE;
      thetaG[g] = 1 / (root * root);
    }
    for (double[] profile : profileTG) {
      Profiles.scale(profile, 1 - plan.ambient().fraction());
    }
    return new FeatureTruth(profileTG, ambientBG, scalingBG, thetaG);
  }

  private static double[] ambient(
      double[][] profileTG, double[] composition, int batch, double fraction, TruthDraws draws) {
    double[] ambient = new double[profileTG[0].length];
    if (fraction == 0) {
      return ambient;
    }
    float[] moved = draws.normals(TruthDraws.Kind.AMBIENT, batch, ambient.length);
    for (int g = 0; g < ambient.length; g++) {
      double mean = 0;
      for (int t = 0; t < composition.length; t++) {
        mean += composition[t] * profileTG[t][g];
      }
      ambient[g] = mean * Math.exp(AMBIENT_SPREAD * moved[g]);
    }
    Profiles.scale(ambient, fraction);
    return ambient;
  }

  /** {@return the expected count of one feature in a cell of library size 1} */
  double rate(int type, int batch, int feature, SimulatedAmbientLevel level) {
    return (level.nativeTimes() * rhoTG[type][feature]
            + level.ambientTimes() * ambientBG[batch][feature])
        * scalingBG[batch][feature];
  }

  /**
   * {@return the share of a typical cell's expected counts that is ambient: scaled s divided by
   * scaled rho + s}
   */
  double ambientFraction(int type, int batch) {
    double ambient = 0;
    double all = 0;
    for (int g = 0; g < thetaG.length; g++) {
      ambient += ambientBG[batch][g] * scalingBG[batch][g];
      all += (rhoTG[type][g] + ambientBG[batch][g]) * scalingBG[batch][g];
    }
    return ambient / all;
  }

  int features() {
    return thetaG.length;
  }
}
