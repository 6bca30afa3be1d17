package org.regularizedvi.core.simulate;

import java.util.Arrays;

/** Draws the share that each cell type gives to each feature, before anything technical. */
final class Profiles {
  private static final double GENE_SPREAD = 1.4;
  private static final double AFFECTED_GENES = 0.25;
  private static final double GENE_EFFECT = 1.2;
  private static final double PEAK_SPREAD = 0.5;
  private static final double OPEN_IN_ALL = 0.5;
  private static final double OPEN_IN_TYPE = 0.3;
  private static final double CLOSED = 0.02;

  private Profiles() {}

  /** {@return a profile for each type, T x G; each adds up to 1} */
  static double[][] draw(ModalityPlan plan, int types, TruthDraws draws) {
    float[] base = draws.normals(TruthDraws.Kind.BASE, 0, plan.features());
    double[][] profileTG = new double[types][];
    for (int t = 0; t < types; t++) {
      profileTG[t] =
          switch (plan.kind()) {
            case EXPRESSION -> expression(base, t, draws);
            case ACCESSIBILITY -> accessibility(base, t, draws);
          };
      scale(profileTG[t], 1);
    }
    return profileTG;
  }

  private static double[] expression(float[] base, int type, TruthDraws draws) {
    float[] effect = draws.normals(TruthDraws.Kind.TYPE_EFFECT, type, base.length);
    float[] affected = new float[base.length];
    draws.uniforms(TruthDraws.Kind.TYPE_AFFECTED, 1 + type, affected);
    double[] profile = new double[base.length];
    for (int g = 0; g < profile.length; g++) {
      double own = affected[g] < AFFECTED_GENES ? GENE_EFFECT * effect[g] : 0;
      profile[g] = Math.exp(GENE_SPREAD * base[g] + own);
    }
    return profile;
  }

  private static double[] accessibility(float[] base, int type, TruthDraws draws) {
    float[] shared = new float[base.length];
    draws.uniforms(TruthDraws.Kind.TYPE_AFFECTED, 0, shared);
    float[] own = new float[base.length];
    draws.uniforms(TruthDraws.Kind.TYPE_AFFECTED, 1 + type, own);
    double[] profile = new double[base.length];
    for (int g = 0; g < profile.length; g++) {
      boolean open = shared[g] < OPEN_IN_ALL || own[g] < OPEN_IN_TYPE;
      profile[g] = Math.exp(PEAK_SPREAD * base[g]) * (open ? 1 : CLOSED);
    }
    return profile;
  }

  /** Makes positive numbers add up to a sum. */
  static void scale(double[] values, double sum) {
    double factor = sum / Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
