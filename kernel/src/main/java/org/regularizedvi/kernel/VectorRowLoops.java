package org.regularizedvi.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.regularizedvi.kernel.special.Approximations;

/**
 * The loops with vectors of the machine's width, with the bits of {@link ScalarRowLoops}, which is
 * the one to read first.
 *
 * <p>Every loop calls the Vector API directly and is written out in full, exp and log included: the
 * compiler stops inlining methods of our own in a big loop, and then boxes each vector. Many small
 * loops through the first-level cache for the same reason, no masks, and minimum and select on the
 * bits, where the machine has one instruction and FloatVector has several.
 */
final class VectorRowLoops implements RowLoops {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final int WIDTH = F.length();
  private static final int LANES = Workspace.LANES;

  /**
   * As many halves as floats in a vector; any shape where that is too small, for {@link #fits()}
   * refuses.
   */
  private static final VectorSpecies<Short> H =
      VectorSpecies.of(
          short.class, WIDTH >= 4 ? VectorShape.forBitSize(WIDTH * 16) : VectorShape.S_64_BIT);

  /** Whether a vector of this many lanes fits the 16 lanes of partial sums. */
  static boolean fits(int lanes) {
    return lanes >= 4 && lanes <= LANES && LANES % lanes == 0;
  }

  /** Whether this machine's vectors fit. */
  static boolean fits() {
    return fits(WIDTH) && I.length() == WIDTH;
  }

  @Override
  public String name() {
    return "vector of " + WIDTH + " floats";
  }

  @Override
  public void widen(Workspace w, float[] logits, int n) {
    short[] halves = w.halves;
    for (int i = 0; i < n; i += WIDTH) {
      ((IntVector)
              ShortVector.fromArray(H, halves, i)
                  .convertShape(VectorOperators.ZERO_EXTEND_S2I, I, 0))
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(logits, i);
    }
  }

  @Override
  public void narrow(Workspace w, float[] logits, int n) {
    short[] halves = w.halves;
    for (int i = 0; i < n; i += WIDTH) {
      IntVector bits = FloatVector.fromArray(F, logits, i).reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.AND, 1);
      ((ShortVector)
              bits.add(0x7fff)
                  .add(odd)
                  .lanewise(VectorOperators.LSHR, 16)
                  .convertShape(VectorOperators.I2S, H, 0))
          .intoArray(halves, i);
    }
  }

  @Override
  public void softplus(Workspace w, float library, int n) {
    float[] logits = w.logits;
    float[] background = w.background;
    float[] scaling = w.scaling;
    float[] mu = w.mu;
    float[] perLogit = w.perLogit;
    float[] perBackground = w.perBackground;
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
      // e = exp(-|a|)
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
      // rho = max(a, 0) + log(1 + e)
      FloatVector l = e.fma(Approximations.P8, Approximations.P7);
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P6));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P5));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P4));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P3));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P2));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P1));
      l = l.fma(e, FloatVector.broadcast(F, Approximations.P0));
      FloatVector positive = bits.lanewise(VectorOperators.AND_NOT, sign).reinterpretAsFloats();
      FloatVector t = positive.add(l.mul(e)).add(FloatVector.fromArray(F, background, i));
      // sigmoid = (a < 0 ? e : 1) / (1 + e), in one division with 1 / (rho + s)
      FloatVector numerator =
          oneBits
              .lanewise(
                  VectorOperators.XOR,
                  e.reinterpretAsInts()
                      .lanewise(VectorOperators.XOR, oneBits)
                      .lanewise(VectorOperators.AND, sign))
              .reinterpretAsFloats();
      FloatVector onePlusE = e.add(1f);
      FloatVector r = one.div(onePlusE.mul(t));
      t.mul(library).mul(FloatVector.fromArray(F, scaling, i)).intoArray(mu, i);
      numerator.mul(r).intoArray(perLogit, i);
      onePlusE.mul(r).intoArray(perBackground, i);
    }
  }

  @Override
  public void bursts(Workspace w, float library, BurstSizes sizes, int n) {
    VectorBursts.rates(w, library, sizes, n);
  }

  @Override
  public void softmax(Workspace w, float library, float logSumExp, int n) {
    float[] logits = w.logits;
    float[] background = w.background;
    float[] scaling = w.scaling;
    float[] rho = w.rho;
    float[] mu = w.mu;
    float[] perLogit = w.perLogit;
    float[] perBackground = w.perBackground;
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector shifted = FloatVector.fromArray(F, logits, i).sub(logSumExp);
      FloatVector u =
          shifted
              .reinterpretAsInts()
              .lanewise(VectorOperators.MIN, Approximations.MAX_LOG_THETA_BITS)
              .lanewise(VectorOperators.XOR, Approximations.SIGN_BIT)
              .lanewise(VectorOperators.MIN, Approximations.MAX_LOGIT_BITS)
              .lanewise(VectorOperators.XOR, Approximations.SIGN_BIT)
              .reinterpretAsFloats();
      FloatVector rounded = u.fma(Approximations.LOG2_E, Approximations.ROUNDER);
      FloatVector k = rounded.sub(Approximations.ROUNDER);
      FloatVector z = k.fma(FloatVector.broadcast(F, Approximations.MINUS_LN2), u);
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
      FloatVector t = e.add(FloatVector.fromArray(F, background, i));
      FloatVector r = one.div(t);
      e.intoArray(rho, i);
      t.mul(library).mul(FloatVector.fromArray(F, scaling, i)).intoArray(mu, i);
      e.mul(r).intoArray(perLogit, i);
      r.intoArray(perBackground, i);
    }
  }

  @Override
  public void theta(Workspace w, int shift, int n) {
    float[] noise = w.noise;
    float[] sigma = w.sigma;
    float[] logTheta = w.logTheta;
    float[] spread = w.spread;
    float[] theta = w.theta;
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector s =
          FloatVector.fromArray(F, sigma, i).mul(FloatVector.fromArray(F, noise, shift + i));
      s.intoArray(spread, i);
      FloatVector sum = FloatVector.fromArray(F, logTheta, i).add(s);
      FloatVector u =
          sum.reinterpretAsInts()
              .lanewise(VectorOperators.MIN, Approximations.MAX_LOG_THETA_BITS)
              .lanewise(VectorOperators.XOR, Approximations.SIGN_BIT)
              .lanewise(VectorOperators.MIN, Approximations.MIN_LOG_THETA_MAGNITUDE)
              .lanewise(VectorOperators.XOR, Approximations.SIGN_BIT)
              .reinterpretAsFloats();
      FloatVector rounded = u.fma(Approximations.LOG2_E, Approximations.ROUNDER);
      FloatVector k = rounded.sub(Approximations.ROUNDER);
      FloatVector z = k.fma(FloatVector.broadcast(F, Approximations.MINUS_LN2), u);
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
      e.intoArray(theta, i);
    }
  }

  @Override
  public void smallCounts(Workspace w, int n) {
    VectorCounts.small(w, n);
  }

  @Override
  public void largeCounts(LargeCounts list, int n) {
    VectorCounts.large(list, n);
  }

  @Override
  public void likelihood(Workspace w, float scale, int n) {
    float[] thetas = w.theta;
    float[] mus = w.mu;
    float[] counts = w.count;
    float[] thetaTerm = w.thetaTerm;
    float[] spread = w.spread;
    float[] perLogit = w.perLogit;
    float[] perBackground = w.perBackground;
    float[] perLogMu = w.perLogMu;
    float[] logits = w.logits;
    float[] biasSum = w.biasSum;
    float[] backgroundSum = w.backgroundSum;
    float[] logThetaSum = w.logThetaSum;
    float[] logSigmaSum = w.logSigmaSum;
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector value = FloatVector.zero(F);
      FloatVector perLogMuSum = FloatVector.zero(F);
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
        FloatVector d = FloatVector.fromArray(F, counts, i).sub(mu).mul(q.mul(scale));
        FloatVector g = d.mul(FloatVector.fromArray(F, perLogit, i));
        d.intoArray(perLogMu, i);
        g.intoArray(logits, i);
        FloatVector.fromArray(F, biasSum, i).add(g).intoArray(biasSum, i);
        d.fma(
                FloatVector.fromArray(F, perBackground, i),
                FloatVector.fromArray(F, backgroundSum, i))
            .intoArray(backgroundSum, i);
        perLogMuSum = perLogMuSum.add(d);
        FloatVector s = theta.fma(minusF, FloatVector.fromArray(F, thetaTerm, i)).mul(scale);
        FloatVector.fromArray(F, logThetaSum, i).add(s).intoArray(logThetaSum, i);
        s.fma(FloatVector.fromArray(F, spread, i), FloatVector.fromArray(F, logSigmaSum, i))
            .intoArray(logSigmaSum, i);
      }
      value.intoArray(w.valueLanes, lane);
      perLogMuSum.intoArray(w.perLogMuLanes, lane);
    }
  }

  @Override
  public void burstLikelihood(Workspace w, float scale, int n) {
    VectorBursts.likelihood(w, scale, n);
  }

  @Override
  public void softmaxGradients(Workspace w, float rhoGradient, int n) {
    float[] rho = w.rho;
    float[] logits = w.logits;
    float[] biasSum = w.biasSum;
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(F, rho, i).mul(-rhoGradient);
      FloatVector.fromArray(F, logits, i).add(g).intoArray(logits, i);
      FloatVector.fromArray(F, biasSum, i).add(g).intoArray(biasSum, i);
    }
  }

  @Override
  public void rhoGradient(Workspace w, int n) {
    float[] logits = w.logits;
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector sum = FloatVector.zero(F);
      for (int i = lane; i < n; i += LANES) {
        sum = sum.add(FloatVector.fromArray(F, logits, i));
      }
      sum.intoArray(w.rhoLanes, lane);
    }
  }

  @Override
  public void scalingGradients(Workspace w, int n) {
    float[] perLogMu = w.perLogMu;
    float[] sum = w.logScalingSum;
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector.fromArray(F, sum, i).add(FloatVector.fromArray(F, perLogMu, i)).intoArray(sum, i);
    }
  }
}
