package org.regularizedvi.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.kernel.special.Approximations;

/**
 * The vector loops over rows with bursts, in the manner of {@link VectorRowLoops}: what their
 * formulas share with those of the loops there is written out again, since a method of our own in
 * both would be called, and its vectors boxed.
 */
final class VectorBursts {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = F.length();
  private static final int LANES = Workspace.LANES;
  private static final float LEAST_VARIANCE = (float) BurstSizes.LEAST_VARIANCE;

  private VectorBursts() {}

  /** {@link RowLoops#bursts}: first f and its slope, which wait where the results will be. */
  static void rates(Workspace w, float library, BurstSizes sizes, int n) {
    softplus(w.logits, w.perLogit, w.variancePerLogit, n);
    softplus(w.sizeLogits, w.perSizeLogit, w.variancePerSizeLogit, n);
    combine(w, library, sizes, n);
  }

  /** softplus of each logit, and its derivative. */
  private static void softplus(float[] logits, float[] value, float[] slope, int n) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    IntVector oneBits = one.reinterpretAsInts();
    for (int i = 0; i < n; i += WIDTH) {
      IntVector bits = FloatVector.fromArray(F, logits, i).reinterpretAsInts();
      IntVector sign = bits.lanewise(VectorOperators.ASHR, 31);
      FloatVector minusAbs =
          bits.lanewise(VectorOperators.AND, ~Approximations.SIGN_BIT)
              .lanewise(VectorOperators.MIN, Approximations.MAX_LOGIT_BITS)
              .lanewise(VectorOperators.OR, Approximations.SIGN_BIT)
              .reinterpretAsFloats();
      FloatVector rounded = minusAbs.fma(Approximations.LOG2_E, Approximations.ROUNDER);
      FloatVector k = rounded.sub(Approximations.ROUNDER);
      FloatVector z = k.fma(FloatVector.broadcast(F, Approximations.MINUS_LN2), minusAbs);
      FloatVector p = z.fma(Approximations.E5, Approximations.E4);
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E3));
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E2));
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E1));
      p = p.fma(z, FloatVector.broadcast(F, Approximations.E0));
      p = p.fma(z, FloatVector.broadcast(F, 1f));
      FloatVector e =
          p.reinterpretAsInts()
              .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
              .reinterpretAsFloats();
      FloatVector l = e.fma(Approximations.P8, Approximations.P7);
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P6));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P5));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P4));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P3));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P2));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P1));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P0));
      FloatVector numerator =
          oneBits
              .lanewise(
                  VectorOperators.XOR,
                  e.reinterpretAsInts()
                      .lanewise(VectorOperators.XOR, oneBits)
                      .lanewise(VectorOperators.AND, sign))
              .reinterpretAsFloats();
      bits.lanewise(VectorOperators.AND_NOT, sign)
          .reinterpretAsFloats()
          .add(l.mul(e))
          .intoArray(value, i);
      numerator.div(e.add(1f)).intoArray(slope, i);
    }
  }

  private static void combine(Workspace w, float library, BurstSizes sizes, int n) {
    float intercept = sizes.intercept();
    float ofVariance = library / sizes.factor();
    float[] thetas = w.theta;
    float[] mus = w.mu;
    float[] background = w.background;
    float[] scaling = w.scaling;
    float[] perBackground = w.perBackground;
    float[] perLogit = w.perLogit;
    float[] variancePerLogit = w.variancePerLogit;
    float[] perSizeLogit = w.perSizeLogit;
    float[] variancePerSizeLogit = w.variancePerSizeLogit;
    float[] variancePerLogLibrary = w.variancePerLogLibrary;
    float[] variancePerLogTheta = w.variancePerLogTheta;
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector f = FloatVector.fromArray(F, perLogit, i);
      FloatVector slopeF = FloatVector.fromArray(F, variancePerLogit, i);
      FloatVector b = FloatVector.fromArray(F, perSizeLogit, i).add(intercept);
      FloatVector slopeB = FloatVector.fromArray(F, variancePerSizeLogit, i);
      FloatVector v = FloatVector.fromArray(F, thetas, i);
      FloatVector t = f.mul(b).add(FloatVector.fromArray(F, background, i));
      FloatVector y = FloatVector.fromArray(F, scaling, i);
      FloatVector mu = y.mul(library).mul(t);
      FloatVector unit = y.mul(ofVariance);
      FloatVector unitB = unit.mul(b);
      FloatVector perF = unitB.mul(unitB);
      FloatVector biological = perF.mul(f);
      FloatVector perVariance = one.div(biological.add(v).add(LEAST_VARIANCE));
      FloatVector perT = one.div(t);
      mu.intoArray(mus, i);
      mu.mul(mu)
          .mul(perVariance)
          .reinterpretAsInts()
          .lanewise(VectorOperators.MIN, Workspace.MAX_THETA_BITS)
          .lanewise(VectorOperators.MAX, Workspace.MIN_THETA_BITS)
          .reinterpretAsFloats()
          .intoArray(thetas, i);
      perT.intoArray(perBackground, i);
      slopeF.mul(b).mul(perT).intoArray(perLogit, i);
      slopeF.mul(perF).mul(perVariance).intoArray(variancePerLogit, i);
      slopeB.mul(f).mul(perT).intoArray(perSizeLogit, i);
      slopeB
          .mul(2f)
          .mul(unit)
          .mul(unitB)
          .mul(f)
          .mul(perVariance)
          .intoArray(variancePerSizeLogit, i);
      biological.mul(2f).mul(perVariance).intoArray(variancePerLogLibrary, i);
      v.mul(perVariance).intoArray(variancePerLogTheta, i);
    }
  }

  /** {@link RowLoops#burstLikelihood}. */
  static void likelihood(Workspace w, float scale, int n) {
    float[] thetas = w.theta;
    float[] mus = w.mu;
    float[] counts = w.count;
    float[] thetaTerm = w.thetaTerm;
    float[] spread = w.spread;
    float[] perLogit = w.perLogit;
    float[] variancePerLogit = w.variancePerLogit;
    float[] perSizeLogit = w.perSizeLogit;
    float[] variancePerSizeLogit = w.variancePerSizeLogit;
    float[] variancePerLogLibrary = w.variancePerLogLibrary;
    float[] variancePerLogTheta = w.variancePerLogTheta;
    float[] perBackground = w.perBackground;
    float[] perLogMu = w.perLogMu;
    float[] logits = w.logits;
    float[] sizeLogits = w.sizeLogits;
    float[] biasSum = w.biasSum;
    float[] sizeBiasSum = w.sizeBiasSum;
    float[] backgroundSum = w.backgroundSum;
    float[] logThetaSum = w.logThetaSum;
    float[] logSigmaSum = w.logSigmaSum;
    FloatVector one = FloatVector.broadcast(F, 1f);
    FloatVector two = FloatVector.broadcast(F, 2f);
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector value = FloatVector.zero(F);
      FloatVector perLogMuSum = FloatVector.zero(F);
      FloatVector factorSum = FloatVector.zero(F);
      for (int i = lane; i < n; i += LANES) {
        FloatVector theta = FloatVector.fromArray(F, thetas, i);
        FloatVector mu = FloatVector.fromArray(F, mus, i);
        FloatVector r = one.div(theta.add(mu));
        FloatVector q = theta.mul(r);
        FloatVector u = mu.mul(r);
        // q = 2^k m; f = m - 1, or -u where k = 0
        IntVector e = q.reinterpretAsInts().sub(Approximations.SQRT_HALF_BITS);
        FloatVector k =
            (FloatVector) e.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
        FloatVector m =
            e.lanewise(VectorOperators.AND, Approximations.MANTISSA_MASK)
                .add(Approximations.SQRT_HALF_BITS)
                .reinterpretAsFloats();
        IntVector minusU =
            u.reinterpretAsInts().lanewise(VectorOperators.XOR, Approximations.SIGN_BIT);
        FloatVector f =
            m.sub(1f)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, minusU)
                .lanewise(VectorOperators.AND, e.lanewise(VectorOperators.ASHR, 31))
                .lanewise(VectorOperators.XOR, minusU)
                .reinterpretAsFloats();
        FloatVector p = f.fma(Approximations.Q8, Approximations.Q7);
        p = p.fma(f, FloatVector.broadcast(F, Approximations.Q6));
        p = p.fma(f, FloatVector.broadcast(F, Approximations.Q5));
        p = p.fma(f, FloatVector.broadcast(F, Approximations.Q4));
        p = p.fma(f, FloatVector.broadcast(F, Approximations.Q3));
        p = p.fma(f, FloatVector.broadcast(F, Approximations.Q2));
        p = p.fma(f, FloatVector.broadcast(F, Approximations.Q1));
        p = p.fma(f, FloatVector.broadcast(F, Approximations.Q0));
        FloatVector minusF =
            f.mul(f).fma(p, k.fma(FloatVector.broadcast(F, Approximations.LN2), f.add(u)));
        value = theta.fma(minusF.sub(u), value);
        FloatVector perTheta = theta.fma(minusF, FloatVector.fromArray(F, thetaTerm, i)).mul(scale);
        FloatVector d =
            two.fma(perTheta, FloatVector.fromArray(F, counts, i).sub(mu).mul(q.mul(scale)));
        FloatVector perVariance = perTheta.neg();
        FloatVector g =
            d.fma(
                FloatVector.fromArray(F, perLogit, i),
                perVariance.mul(FloatVector.fromArray(F, variancePerLogit, i)));
        FloatVector gSize =
            d.fma(
                FloatVector.fromArray(F, perSizeLogit, i),
                perVariance.mul(FloatVector.fromArray(F, variancePerSizeLogit, i)));
        FloatVector perUnit =
            perVariance.fma(FloatVector.fromArray(F, variancePerLogLibrary, i), d);
        FloatVector s = perVariance.mul(FloatVector.fromArray(F, variancePerLogTheta, i));
        perUnit.intoArray(perLogMu, i);
        g.intoArray(logits, i);
        gSize.intoArray(sizeLogits, i);
        FloatVector.fromArray(F, biasSum, i).add(g).intoArray(biasSum, i);
        FloatVector.fromArray(F, sizeBiasSum, i).add(gSize).intoArray(sizeBiasSum, i);
        d.fma(
                FloatVector.fromArray(F, perBackground, i),
                FloatVector.fromArray(F, backgroundSum, i))
            .intoArray(backgroundSum, i);
        perLogMuSum = perLogMuSum.add(perUnit);
        factorSum = factorSum.add(d);
        FloatVector.fromArray(F, logThetaSum, i).add(s).intoArray(logThetaSum, i);
        s.fma(FloatVector.fromArray(F, spread, i), FloatVector.fromArray(F, logSigmaSum, i))
            .intoArray(logSigmaSum, i);
      }
      value.intoArray(w.valueLanes, lane);
      perLogMuSum.intoArray(w.perLogMuLanes, lane);
      factorSum.intoArray(w.factorLanes, lane);
    }
  }
}
