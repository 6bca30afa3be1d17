package org.regularizedvi.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.kernel.special.Approximations;

/** The vector loops over counts above 0, in the manner of {@link VectorRowLoops}. */
final class VectorCounts {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = F.length();
  private static final int DOUBLES = D.length();
  private static final int LANES = Workspace.LANES;

  private VectorCounts() {}

  /** {@link RowLoops#smallCounts}; select is done on the bits, by masks of all ones where x > k. */
  static void small(Workspace w, int n) {
    int[] smallCount = w.smallCount;
    float[] smallTheta = w.smallTheta;
    float[] smallMu = w.smallMu;
    float[] smallTerm = w.smallTerm;
    FloatVector one = FloatVector.broadcast(F, 1f);
    IntVector oneBits = one.reinterpretAsInts();
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector sum = FloatVector.zero(F);
      for (int i = lane; i < n; i += LANES) {
        IntVector x = IntVector.fromArray(I, smallCount, i);
        FloatVector theta = FloatVector.fromArray(F, smallTheta, i);
        FloatVector mu = FloatVector.fromArray(F, smallMu, i);
        FloatVector r = one.div(theta.add(mu));
        FloatVector q = theta.mul(r);
        FloatVector u = mu.mul(r);
        IntVector on0 = x.lanewise(VectorOperators.NEG).lanewise(VectorOperators.ASHR, 31); // x > 0
        FloatVector f0 =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    theta
                        .mul(u)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on0))
                .reinterpretAsFloats();
        FloatVector t1 = theta.add(1f);
        IntVector on1 =
            x.lanewise(VectorOperators.NEG).add(1).lanewise(VectorOperators.ASHR, 31); // x > 1
        FloatVector f1 =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    t1.mul(u)
                        .mul(0.5f)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on1))
                .reinterpretAsFloats();
        FloatVector t2 = theta.add(2f);
        IntVector on2 =
            x.lanewise(VectorOperators.NEG).add(2).lanewise(VectorOperators.ASHR, 31); // x > 2
        FloatVector f2 =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    t2.mul(u)
                        .mul(1f / 3f)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on2))
                .reinterpretAsFloats();
        FloatVector t3 = theta.add(3f);
        IntVector on3 =
            x.lanewise(VectorOperators.NEG).add(3).lanewise(VectorOperators.ASHR, 31); // x > 3
        FloatVector f3 =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    t3.mul(u)
                        .mul(0.25f)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on3))
                .reinterpretAsFloats();
        FloatVector low = f0.mul(f1);
        IntVector e0 = low.reinterpretAsInts().sub(Approximations.SQRT_HALF_BITS);
        FloatVector k0 =
            (FloatVector) e0.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
        FloatVector z0 =
            e0.lanewise(VectorOperators.AND, Approximations.MANTISSA_MASK)
                .add(Approximations.SQRT_HALF_BITS)
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector p0 = z0.fma(Approximations.Q8, Approximations.Q7);
        p0 = p0.fma(z0, FloatVector.broadcast(F, Approximations.Q6));
        p0 = p0.fma(z0, FloatVector.broadcast(F, Approximations.Q5));
        p0 = p0.fma(z0, FloatVector.broadcast(F, Approximations.Q4));
        p0 = p0.fma(z0, FloatVector.broadcast(F, Approximations.Q3));
        p0 = p0.fma(z0, FloatVector.broadcast(F, Approximations.Q2));
        p0 = p0.fma(z0, FloatVector.broadcast(F, Approximations.Q1));
        p0 = p0.fma(z0, FloatVector.broadcast(F, Approximations.Q0));
        FloatVector logLow =
            z0.mul(z0).fma(p0, k0.fma(FloatVector.broadcast(F, Approximations.LN2), z0));
        FloatVector high = f2.mul(f3);
        IntVector e1 = high.reinterpretAsInts().sub(Approximations.SQRT_HALF_BITS);
        FloatVector k1 =
            (FloatVector) e1.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
        FloatVector z1 =
            e1.lanewise(VectorOperators.AND, Approximations.MANTISSA_MASK)
                .add(Approximations.SQRT_HALF_BITS)
                .reinterpretAsFloats()
                .sub(1f);
        FloatVector p1 = z1.fma(Approximations.Q8, Approximations.Q7);
        p1 = p1.fma(z1, FloatVector.broadcast(F, Approximations.Q6));
        p1 = p1.fma(z1, FloatVector.broadcast(F, Approximations.Q5));
        p1 = p1.fma(z1, FloatVector.broadcast(F, Approximations.Q4));
        p1 = p1.fma(z1, FloatVector.broadcast(F, Approximations.Q3));
        p1 = p1.fma(z1, FloatVector.broadcast(F, Approximations.Q2));
        p1 = p1.fma(z1, FloatVector.broadcast(F, Approximations.Q1));
        p1 = p1.fma(z1, FloatVector.broadcast(F, Approximations.Q0));
        FloatVector logHigh =
            z1.mul(z1).fma(p1, k1.fma(FloatVector.broadcast(F, Approximations.LN2), z1));
        sum = sum.add(logLow.add(logHigh));
        // N / P = sum of (mu - k) / (theta + k), term by term
        FloatVector p =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    theta
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on0))
                .reinterpretAsFloats();
        FloatVector nom =
            mu.reinterpretAsInts().lanewise(VectorOperators.AND, on0).reinterpretAsFloats();
        FloatVector s1 =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    t1.reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on1))
                .reinterpretAsFloats();
        nom =
            nom.fma(
                s1,
                p.mul(
                    mu.sub(1f)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.AND, on1)
                        .reinterpretAsFloats()));
        p = p.mul(s1);
        FloatVector s2 =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    t2.reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on2))
                .reinterpretAsFloats();
        nom =
            nom.fma(
                s2,
                p.mul(
                    mu.sub(2f)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.AND, on2)
                        .reinterpretAsFloats()));
        p = p.mul(s2);
        FloatVector s3 =
            oneBits
                .lanewise(
                    VectorOperators.XOR,
                    t3.reinterpretAsInts()
                        .lanewise(VectorOperators.XOR, oneBits)
                        .lanewise(VectorOperators.AND, on3))
                .reinterpretAsFloats();
        nom =
            nom.fma(
                s3,
                p.mul(
                    mu.sub(3f)
                        .reinterpretAsInts()
                        .lanewise(VectorOperators.AND, on3)
                        .reinterpretAsFloats()));
        p = p.mul(s3);
        q.mul(nom.div(p)).intoArray(smallTerm, i);
      }
      sum.intoArray(w.smallLanes, lane);
    }
  }

  /**
   * {@link RowLoops#largeCounts}; formulas and order of operations are {@link LargeCounts#whole}'s.
   */
  static void large(LargeCounts list, int n) {
    double[] thetas = list.theta;
    double[] mus = list.mu;
    double[] counts = list.count;
    double[] values = list.value;
    double[] terms = list.term;
    DoubleVector one = DoubleVector.broadcast(D, 1);
    for (int i = 0; i < n; i += DOUBLES) {
      DoubleVector theta = DoubleVector.fromArray(D, thetas, i);
      DoubleVector mu = DoubleVector.fromArray(D, mus, i);
      DoubleVector x = DoubleVector.fromArray(D, counts, i);
      DoubleVector r = one.div(theta.add(mu));
      DoubleVector w = mu.mul(r);
      // p = prod_{k < 5} (theta + k), m / p = sum_{k < 5} 1 / (theta + k)
      DoubleVector t = theta.add(1);
      DoubleVector m = theta.add(t);
      DoubleVector p = theta.mul(t);
      t = theta.add(2);
      m = m.fma(t, p);
      p = p.mul(t);
      t = theta.add(3);
      m = m.fma(t, p);
      p = p.mul(t);
      t = theta.add(4);
      m = m.fma(t, p);
      p = p.mul(t);
      DoubleVector u1 = theta.add(LargeCounts.SHIFT);
      DoubleVector u2 = theta.add(x);
      DoubleVector d = x.sub(LargeCounts.SHIFT);
      DoubleVector v1 = one.div(u1);
      DoubleVector v2 = one.div(u2);
      // ratio = log(u2 / u1), u2 / u1 = 2^k (1 + s) / (1 - s)
      LongVector eR = u2.mul(v1).reinterpretAsLongs().sub(LargeCounts.SPLIT_BITS);
      DoubleVector kR =
          eR.lanewise(VectorOperators.LSHR, 52)
              .lanewise(VectorOperators.OR, LargeCounts.TWO_POW_52_BITS)
              .reinterpretAsDoubles()
              .sub(LargeCounts.TWO_POW_52_AND_BIAS);
      DoubleVector power =
          eR.lanewise(VectorOperators.AND, LargeCounts.EXPONENT_MASK).reinterpretAsDoubles();
      DoubleVector scaled = power.mul(u1);
      DoubleVector sR = power.neg().add(1).fma(u1, d).div(u2.add(scaled));
      DoubleVector yR = sR.mul(sR);
      DoubleVector aR = yR.fma(LargeCounts.A6, LargeCounts.A5);
      aR = aR.fma(yR, DoubleVector.broadcast(D, LargeCounts.A4));
      aR = aR.fma(yR, DoubleVector.broadcast(D, LargeCounts.A3));
      aR = aR.fma(yR, DoubleVector.broadcast(D, LargeCounts.A2));
      aR = aR.fma(yR, DoubleVector.broadcast(D, LargeCounts.A1));
      aR = aR.fma(yR, DoubleVector.broadcast(D, LargeCounts.A0));
      DoubleVector ratio =
          kR.fma(
              DoubleVector.broadcast(D, LargeCounts.LN2),
              sR.mul(yR.fma(aR, DoubleVector.broadcast(D, 2))));
      DoubleVector z1 = v1.mul(v1);
      DoubleVector z2 = v2.mul(v2);
      // Stirling's tails
      DoubleVector gamma1 = z1.fma(LargeCounts.G4, LargeCounts.G3);
      gamma1 = gamma1.fma(z1, DoubleVector.broadcast(D, LargeCounts.G2));
      gamma1 = gamma1.fma(z1, DoubleVector.broadcast(D, LargeCounts.G1));
      gamma1 = gamma1.fma(z1, DoubleVector.broadcast(D, LargeCounts.G0));
      DoubleVector gamma2 = z2.fma(LargeCounts.G4, LargeCounts.G3);
      gamma2 = gamma2.fma(z2, DoubleVector.broadcast(D, LargeCounts.G2));
      gamma2 = gamma2.fma(z2, DoubleVector.broadcast(D, LargeCounts.G1));
      gamma2 = gamma2.fma(z2, DoubleVector.broadcast(D, LargeCounts.G0));
      DoubleVector psi1 = z1.fma(LargeCounts.S4, LargeCounts.S3);
      psi1 = psi1.fma(z1, DoubleVector.broadcast(D, LargeCounts.S2));
      psi1 = psi1.fma(z1, DoubleVector.broadcast(D, LargeCounts.S1));
      psi1 = psi1.fma(z1, DoubleVector.broadcast(D, LargeCounts.S0));
      DoubleVector psi2 = z2.fma(LargeCounts.S4, LargeCounts.S3);
      psi2 = psi2.fma(z2, DoubleVector.broadcast(D, LargeCounts.S2));
      psi2 = psi2.fma(z2, DoubleVector.broadcast(D, LargeCounts.S1));
      psi2 = psi2.fma(z2, DoubleVector.broadcast(D, LargeCounts.S0));
      // logP = log(p w^5)
      DoubleVector inP = w.mul(w).mul(w.mul(w)).mul(w).mul(p);
      LongVector eP = inP.reinterpretAsLongs().sub(LargeCounts.SPLIT_BITS);
      DoubleVector kP =
          eP.lanewise(VectorOperators.LSHR, 52)
              .lanewise(VectorOperators.OR, LargeCounts.TWO_POW_52_BITS)
              .reinterpretAsDoubles()
              .sub(LargeCounts.TWO_POW_52_AND_BIAS);
      DoubleVector mP =
          eP.lanewise(VectorOperators.AND, LargeCounts.MANTISSA_MASK)
              .add(LargeCounts.SQRT_HALF_BITS)
              .reinterpretAsDoubles();
      DoubleVector sP = mP.sub(1).div(mP.add(1));
      DoubleVector yP = sP.mul(sP);
      DoubleVector aP = yP.fma(LargeCounts.A6, LargeCounts.A5);
      aP = aP.fma(yP, DoubleVector.broadcast(D, LargeCounts.A4));
      aP = aP.fma(yP, DoubleVector.broadcast(D, LargeCounts.A3));
      aP = aP.fma(yP, DoubleVector.broadcast(D, LargeCounts.A2));
      aP = aP.fma(yP, DoubleVector.broadcast(D, LargeCounts.A1));
      aP = aP.fma(yP, DoubleVector.broadcast(D, LargeCounts.A0));
      DoubleVector logP =
          kP.fma(
              DoubleVector.broadcast(D, LargeCounts.LN2),
              sP.mul(yP.fma(aP, DoubleVector.broadcast(D, 2))));
      // logU = log(u2 w)
      DoubleVector inU = u2.mul(w);
      LongVector eU = inU.reinterpretAsLongs().sub(LargeCounts.SPLIT_BITS);
      DoubleVector kU =
          eU.lanewise(VectorOperators.LSHR, 52)
              .lanewise(VectorOperators.OR, LargeCounts.TWO_POW_52_BITS)
              .reinterpretAsDoubles()
              .sub(LargeCounts.TWO_POW_52_AND_BIAS);
      DoubleVector mU =
          eU.lanewise(VectorOperators.AND, LargeCounts.MANTISSA_MASK)
              .add(LargeCounts.SQRT_HALF_BITS)
              .reinterpretAsDoubles();
      DoubleVector sU = mU.sub(1).div(mU.add(1));
      DoubleVector yU = sU.mul(sU);
      DoubleVector aU = yU.fma(LargeCounts.A6, LargeCounts.A5);
      aU = aU.fma(yU, DoubleVector.broadcast(D, LargeCounts.A4));
      aU = aU.fma(yU, DoubleVector.broadcast(D, LargeCounts.A3));
      aU = aU.fma(yU, DoubleVector.broadcast(D, LargeCounts.A2));
      aU = aU.fma(yU, DoubleVector.broadcast(D, LargeCounts.A1));
      aU = aU.fma(yU, DoubleVector.broadcast(D, LargeCounts.A0));
      DoubleVector logU =
          kU.fma(
              DoubleVector.broadcast(D, LargeCounts.LN2),
              sU.mul(yU.fma(aU, DoubleVector.broadcast(D, 2))));
      logP.add(u1.sub(0.5).fma(ratio, d.mul(logU.sub(1))))
          .add(v2.mul(gamma2).sub(v1.mul(gamma1)))
          .intoArray(values, i);
      DoubleVector digammas =
          ratio.add(d.mul(0.5).mul(v1).mul(v2)).add(z1.mul(psi1).sub(z2.mul(psi2))).add(m.div(p));
      theta.mul(digammas.sub(x.mul(r))).intoArray(terms, i);
    }
  }
}
