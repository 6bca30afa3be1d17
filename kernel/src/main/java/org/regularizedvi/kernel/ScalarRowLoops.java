package org.regularizedvi.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.fma;

import java.util.Arrays;
import org.regularizedvi.kernel.special.Approximations;

/** The loops in plain Java: the readable one, and the one that runs where vectors do not fit. */
final class ScalarRowLoops implements RowLoops {
  private static final int LANE_MASK = Workspace.LANES - 1;
  private static final float LEAST_VARIANCE = (float) BurstSizes.LEAST_VARIANCE;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void widen(Workspace w, float[] logits, int n) {
    for (int i = 0; i < n; i++) {
      logits[i] = intBitsToFloat(w.halves[i] << 16);
    }
  }

  @Override
  public void narrow(Workspace w, float[] logits, int n) {
    for (int i = 0; i < n; i++) {
      int bits = floatToRawIntBits(logits[i]);
      w.halves[i] = (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
  }

  @Override
  public void softplus(Workspace w, float library, int n) {
    for (int i = 0; i < n; i++) {
      float e = expOfMinusAbs(w.logits[i]);
      float rho = positive(w.logits[i]) + log1pOfUnit(e); // max(a, 0) + log1p(e)
      float numerator = numeratorOfSigmoid(w.logits[i], e);
      float t = rho + w.background[i];
      float onePlusE = e + 1f;
      float r = 1f / (onePlusE * t);
      w.mu[i] = t * library * w.scaling[i];
      w.perLogit[i] = numerator * r;
      w.perBackground[i] = onePlusE * r;
    }
  }

  @Override
  public void bursts(Workspace w, float library, BurstSizes sizes, int n) {
    float intercept = sizes.intercept();
    float ofVariance = library / sizes.factor();
    for (int i = 0; i < n; i++) {
      float e = expOfMinusAbs(w.logits[i]);
      float f = positive(w.logits[i]) + log1pOfUnit(e);
      float slopeF = numeratorOfSigmoid(w.logits[i], e) / (e + 1f);
      float sizeE = expOfMinusAbs(w.sizeLogits[i]);
      float b = positive(w.sizeLogits[i]) + log1pOfUnit(sizeE) + intercept;
      float slopeB = numeratorOfSigmoid(w.sizeLogits[i], sizeE) / (sizeE + 1f);
      float v = w.theta[i];
      float t = f * b + w.background[i];
      float mu = library * w.scaling[i] * t;
      float unit = ofVariance * w.scaling[i];
      float unitB = unit * b;
      float perF = unitB * unitB;
      float biological = perF * f;
      float perVariance = 1f / (biological + v + LEAST_VARIANCE);
      float perT = 1f / t;
      int thetaBits = floatToRawIntBits(mu * mu * perVariance);
      int kept = Math.max(Math.min(thetaBits, Workspace.MAX_THETA_BITS), Workspace.MIN_THETA_BITS);
      w.mu[i] = mu;
      w.theta[i] = intBitsToFloat(kept);
      w.perBackground[i] = perT;
      w.perLogit[i] = slopeF * b * perT;
      w.variancePerLogit[i] = slopeF * perF * perVariance;
      w.perSizeLogit[i] = slopeB * f * perT;
      w.variancePerSizeLogit[i] = slopeB * 2f * unit * unitB * f * perVariance;
      w.variancePerLogLibrary[i] = 2f * biological * perVariance;
      w.variancePerLogTheta[i] = v * perVariance;
    }
  }

  @Override
  public void softmax(Workspace w, float library, float logSumExp, int n) {
    for (int i = 0; i < n; i++) {
      float rho = exp(clamp(w.logits[i] - logSumExp, Approximations.MAX_LOGIT_BITS));
      float t = rho + w.background[i];
      float r = 1f / t;
      w.rho[i] = rho;
      w.mu[i] = t * library * w.scaling[i];
      w.perLogit[i] = rho * r;
      w.perBackground[i] = r;
    }
  }

  @Override
  public void theta(Workspace w, int shift, int n) {
    for (int i = 0; i < n; i++) {
      float spread = w.sigma[i] * w.noise[shift + i];
      w.spread[i] = spread;
      w.theta[i] = exp(clamp(w.logTheta[i] + spread, Approximations.MIN_LOG_THETA_MAGNITUDE));
    }
  }

  @Override
  public void smallCounts(Workspace w, int n) {
    Arrays.fill(w.smallLanes, 0f);
    for (int i = 0; i < n; i++) {
      int x = w.smallCount[i];
      float theta = w.smallTheta[i];
      float mu = w.smallMu[i];
      float r = 1f / (theta + mu);
      float q = theta * r;
      float u = mu * r;
      float f0 = x > 0 ? theta * u : 1f;
      float f1 = x > 1 ? (theta + 1f) * u * 0.5f : 1f;
      float f2 = x > 2 ? (theta + 2f) * u * (1f / 3f) : 1f;
      float f3 = x > 3 ? (theta + 3f) * u * 0.25f : 1f;
      float value = log(f0 * f1) + log(f2 * f3);
      float p = x > 0 ? theta : 1f;
      float nom = x > 0 ? mu : 0f;
      float t = x > 1 ? theta + 1f : 1f;
      nom = fma(nom, t, p * (x > 1 ? mu - 1f : 0f));
      p *= t;
      t = x > 2 ? theta + 2f : 1f;
      nom = fma(nom, t, p * (x > 2 ? mu - 2f : 0f));
      p *= t;
      t = x > 3 ? theta + 3f : 1f;
      nom = fma(nom, t, p * (x > 3 ? mu - 3f : 0f));
      p *= t;
      w.smallTerm[i] = q * (nom / p);
      w.smallLanes[i & LANE_MASK] += value;
    }
  }

  @Override
  public void largeCounts(LargeCounts list, int n) {
    for (int i = 0; i < n; i++) {
      list.whole(i);
    }
  }

  @Override
  public void likelihood(Workspace w, float scale, int n) {
    Arrays.fill(w.valueLanes, 0f);
    Arrays.fill(w.perLogMuLanes, 0f);
    for (int i = 0; i < n; i++) {
      float theta = w.theta[i];
      float mu = w.mu[i];
      float r = 1f / (theta + mu);
      float q = theta * r;
      float u = mu * r; // w of the formulas
      float minusF = minusF(q, u);
      float d = (w.count[i] - mu) * (q * scale);
      float s = fma(theta, minusF, w.thetaTerm[i]) * scale;
      float g = d * w.perLogit[i];
      w.perLogMu[i] = d;
      w.logits[i] = g;
      w.biasSum[i] += g;
      w.backgroundSum[i] = fma(d, w.perBackground[i], w.backgroundSum[i]);
      w.logThetaSum[i] += s;
      w.logSigmaSum[i] = fma(s, w.spread[i], w.logSigmaSum[i]);
      w.perLogMuLanes[i & LANE_MASK] += d;
      w.valueLanes[i & LANE_MASK] = fma(theta, minusF - u, w.valueLanes[i & LANE_MASK]);
    }
  }

  @Override
  public void burstLikelihood(Workspace w, float scale, int n) {
    Arrays.fill(w.valueLanes, 0f);
    Arrays.fill(w.factorLanes, 0f);
    Arrays.fill(w.perLogMuLanes, 0f);
    for (int i = 0; i < n; i++) {
      float theta = w.theta[i];
      float mu = w.mu[i];
      float r = 1f / (theta + mu);
      float q = theta * r;
      float u = mu * r; // w of the formulas
      float minusF = minusF(q, u);
      float perTheta = fma(theta, minusF, w.thetaTerm[i]) * scale;
      float d = fma(2f, perTheta, (w.count[i] - mu) * (q * scale));
      float perVariance = -perTheta;
      float g = fma(d, w.perLogit[i], perVariance * w.variancePerLogit[i]);
      float gSize = fma(d, w.perSizeLogit[i], perVariance * w.variancePerSizeLogit[i]);
      float perUnit = fma(perVariance, w.variancePerLogLibrary[i], d);
      float s = perVariance * w.variancePerLogTheta[i];
      w.perLogMu[i] = perUnit;
      w.logits[i] = g;
      w.sizeLogits[i] = gSize;
      w.biasSum[i] += g;
      w.sizeBiasSum[i] += gSize;
      w.backgroundSum[i] = fma(d, w.perBackground[i], w.backgroundSum[i]);
      w.logThetaSum[i] += s;
      w.logSigmaSum[i] = fma(s, w.spread[i], w.logSigmaSum[i]);
      w.perLogMuLanes[i & LANE_MASK] += perUnit;
      w.factorLanes[i & LANE_MASK] += d;
      w.valueLanes[i & LANE_MASK] = fma(theta, minusF - u, w.valueLanes[i & LANE_MASK]);
    }
  }

  @Override
  public void softmaxGradients(Workspace w, float rhoGradient, int n) {
    for (int i = 0; i < n; i++) {
      float g = w.rho[i] * -rhoGradient;
      w.logits[i] += g;
      w.biasSum[i] += g;
    }
  }

  @Override
  public void rhoGradient(Workspace w, int n) {
    Arrays.fill(w.rhoLanes, 0f);
    for (int i = 0; i < n; i++) {
      w.rhoLanes[i & LANE_MASK] += w.logits[i];
    }
  }

  @Override
  public void scalingGradients(Workspace w, int n) {
    for (int i = 0; i < n; i++) {
      w.logScalingSum[i] += w.perLogMu[i];
    }
  }

  /**
   * u cut to [-minMagnitude, 20.7], on its bits: floats of one sign are ordered as their
   * magnitudes.
   */
  private static float clamp(float u, int minMagnitude) {
    int upper = Math.min(floatToRawIntBits(u), Approximations.MAX_LOG_THETA_BITS);
    int flipped = Math.min(upper ^ Approximations.SIGN_BIT, minMagnitude);
    return intBitsToFloat(flipped ^ Approximations.SIGN_BIT);
  }

  private static float exp(float u) {
    float rounded = fma(u, Approximations.LOG2_E, Approximations.ROUNDER);
    float k = rounded - Approximations.ROUNDER;
    float r = fma(k, Approximations.MINUS_LN2, u);
    float p = fma(r, Approximations.E5, Approximations.E4);
    p = fma(p, r, Approximations.E3);
    p = fma(p, r, Approximations.E2);
    p = fma(p, r, Approximations.E1);
    p = fma(p, r, Approximations.E0);
    p = fma(p, r, 1f);
    return intBitsToFloat(floatToRawIntBits(p) + (floatToRawIntBits(rounded) << 23));
  }

  /** log(1 + e) for e in [0, 1]. */
  private static float log1pOfUnit(float e) {
    float p = fma(e, Approximations.P8, Approximations.P7);
    p = fma(p, e, Approximations.P6);
    p = fma(p, e, Approximations.P5);
    p = fma(p, e, Approximations.P4);
    p = fma(p, e, Approximations.P3);
    p = fma(p, e, Approximations.P2);
    p = fma(p, e, Approximations.P1);
    p = fma(p, e, Approximations.P0);
    return p * e;
  }

  /** exp(-|a|), |a| no larger than logits may be. */
  private static float expOfMinusAbs(float a) {
    int magnitude = floatToRawIntBits(a) & ~Approximations.SIGN_BIT;
    int cut = Math.min(magnitude, Approximations.MAX_LOGIT_BITS);
    return exp(intBitsToFloat(cut | Approximations.SIGN_BIT));
  }

  /** max(a, 0). */
  private static float positive(float a) {
    int bits = floatToRawIntBits(a);
    return intBitsToFloat(bits & ~(bits >> 31));
  }

  /** What 1 + e divides to give the sigmoid of a, with e = exp(-|a|): 1, or e where a < 0. */
  private static float numeratorOfSigmoid(float a, float e) {
    int one = Approximations.ONE_BITS;
    return intBitsToFloat(one ^ ((one ^ floatToRawIntBits(e)) & (floatToRawIntBits(a) >> 31)));
  }

  /** log(q) + u, without cancellation where q = 1 - u is near 1. */
  private static float minusF(float q, float u) {
    int e = floatToRawIntBits(q) - Approximations.SQRT_HALF_BITS;
    float k = (float) (e >> 23);
    float m = intBitsToFloat((e & Approximations.MANTISSA_MASK) + Approximations.SQRT_HALF_BITS);
    float f = e < 0 ? m - 1f : -u;
    return fma(f * f, log1pTail(f), fma(k, Approximations.LN2, f + u));
  }

  /** (log(1 + f) - f) / f^2. */
  private static float log1pTail(float f) {
    float p = fma(f, Approximations.Q8, Approximations.Q7);
    p = fma(p, f, Approximations.Q6);
    p = fma(p, f, Approximations.Q5);
    p = fma(p, f, Approximations.Q4);
    p = fma(p, f, Approximations.Q3);
    p = fma(p, f, Approximations.Q2);
    p = fma(p, f, Approximations.Q1);
    return fma(p, f, Approximations.Q0);
  }

  private static float log(float v) {
    int e = floatToRawIntBits(v) - Approximations.SQRT_HALF_BITS;
    float k = (float) (e >> 23);
    float f =
        intBitsToFloat((e & Approximations.MANTISSA_MASK) + Approximations.SQRT_HALF_BITS) - 1f;
    return fma(f * f, log1pTail(f), fma(k, Approximations.LN2, f));
  }
}
