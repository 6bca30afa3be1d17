package org.regularizedvi.core.simulate;

import java.util.Arrays;

/** Draws the share that each cell type gives to each feature, before anything technical. */
final class Profiles {
  private static final double GENE_SPREAD = 1.4;
  private static final double AFFECTED_GENES = 0.25;
  private static final double GENE_EFFECT = 1.2;

  /** What types that have a marker have of it, over what they would have of another gene. */
  private static final double MARKER_TIMES = 5;

  private static final double PEAK_SPREAD = 0.5;
  private static final double OPEN_IN_ALL = 0.5;
  private static final double OPEN_IN_TYPE = 0.3;
  private static final double CLOSED = 0.02;

  private Profiles() {}

  /** {@return a profile for each type, T x G; each adds up to 1} */
  static double[][] draw(ModalityPlan plan, TypePlan types, TruthDraws draws) {
    float[] base = draws.normals(TruthDraws.Kind.BASE, 0, plan.features());
    double[][] profileTG = new double[types.types()][];
    for (int t = 0; t < profileTG.length; t++) {
      profileTG[t] =
          switch (plan.kind()) {
            case EXPRESSION -> expression(base, t, types, draws);
            case ACCESSIBILITY -> accessibility(base, t, types, draws);
          };
    }
    if (plan.kind() == FeatureKind.EXPRESSION) {
      switchOff(profileTG, types, draws);
    }
    for (double[] profile : profileTG) {
      scale(profile, 1);
    }
    return profileTG;
  }

  private static double[] expression(float[] base, int type, TypePlan types, TruthDraws draws) {
    float[] effect = draws.normals(TruthDraws.Kind.TYPE_EFFECT, type, base.length);
    float[] affected = new float[base.length];
    draws.uniforms(TruthDraws.Kind.TYPE_AFFECTED, 1 + type, affected);
    double[] logs = new double[base.length];
    add(logs, effect, affected, types.levels().size());
    for (int level = 0; level < types.levels().size(); level++) {
      long row = row(types, type, level);
      float[] ofNode = draws.normals(TruthDraws.Kind.NODE_EFFECT, row, base.length);
      draws.uniforms(TruthDraws.Kind.NODE_AFFECTED, row, affected);
      add(logs, ofNode, affected, level);
    }
    double[] profile = new double[base.length];
    for (int g = 0; g < profile.length; g++) {
      profile[g] = Math.exp(GENE_SPREAD * base[g] + logs[g]);
    }
    return profile;
  }

  /** Adds what nodes of a level, or the types below all levels, differ in from those above them. */
  private static void add(double[] logs, float[] effect, float[] affected, int level) {
    for (int g = 0; g < logs.length; g++) {
      logs[g] +=
          affected[g] < AFFECTED_GENES * TypePlan.affected(level) ? GENE_EFFECT * effect[g] : 0;
    }
  }

  private static long row(TypePlan types, int type, int level) {
    return (long) level * types.types() + types.node(type, level);
  }

  /** Switches markers off, but in the types of one node each, where there is more of them. */
  private static void switchOff(double[][] profileTG, TypePlan types, TruthDraws draws) {
    float[] marker = new float[profileTG[0].length];
    draws.uniforms(TruthDraws.Kind.MARKER, 0, marker);
    for (int g = 0; g < marker.length; g++) {
      if (marker[g] < types.markers()) {
        int level =
            (int) ((types.levels().size() + 1) * draws.uniform(TruthDraws.Kind.MARKER_NODE, g, 0));
        int node = (int) (types.nodes(level) * draws.uniform(TruthDraws.Kind.MARKER_NODE, g, 1));
        for (int t = 0; t < profileTG.length; t++) {
          profileTG[t][g] *= types.node(t, level) == node ? MARKER_TIMES : 0;
        }
      }
    }
  }

  private static double[] accessibility(float[] base, int type, TypePlan types, TruthDraws draws) {
    float[] shared = new float[base.length];
    draws.uniforms(TruthDraws.Kind.TYPE_AFFECTED, 0, shared);
    float[] own = new float[base.length];
    draws.uniforms(TruthDraws.Kind.TYPE_AFFECTED, 1 + type, own);
    inherit(own, type, types, draws);
    double[] profile = new double[base.length];
    for (int g = 0; g < profile.length; g++) {
      boolean open = shared[g] < OPEN_IN_ALL || own[g] < OPEN_IN_TYPE;
      profile[g] = Math.exp(PEAK_SPREAD * base[g]) * (open ? 1 : CLOSED);
    }
    return profile;
  }

  /** A type draws anew for some of its peaks; the others are as those of the nodes above it. */
  private static void inherit(float[] own, int type, TypePlan types, TruthDraws draws) {
    float[] ofNode = new float[own.length];
    float[] redrawn = new float[own.length];
    int levels = types.levels().size();
    boolean[] settled = new boolean[own.length];
    for (int level = levels; level > 0; level--) {
      long row = (long) level * types.types() + types.node(type, level);
      draws.uniforms(TruthDraws.Kind.NODE_EFFECT, row, redrawn);
      draws.uniforms(TruthDraws.Kind.NODE_AFFECTED, row(types, type, level - 1), ofNode);
      for (int g = 0; g < own.length; g++) {
        settled[g] |= redrawn[g] < TypePlan.affected(level);
        own[g] = settled[g] ? own[g] : ofNode[g];
      }
    }
  }

  /** Makes positive numbers add up to a sum. */
  static void scale(double[] values, double sum) {
    double factor = sum / Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
