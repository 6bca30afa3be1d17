package org.regularizedvi.kernel;

/**
 * The loops over one row of a piece, from scratch to scratch; n is a multiple of {@link
 * Workspace#LANES}.
 *
 * <p>Both implementations do the same float operations in the same order, sums in 16 lanes
 * included, so that their bits agree.
 */
sealed interface RowLoops permits ScalarRowLoops, VectorRowLoops {
  /** Name for reports. */
  String name();

  /** halves -> logits: bfloat16 to float. */
  void widen(Workspace w, float[] logits, int n);

  /** logits -> halves: float to bfloat16, nearest, ties to even. */
  void narrow(Workspace w, float[] logits, int n);

  /**
   * rho = softplus(a), mu = library (rho + s) y, perLogit = sigmoid(a)/(rho + s), perBackground =
   * 1/(rho + s).
   */
  void softplus(Workspace w, float library, int n);

  /**
   * rho = exp(a - lse), mu = library (rho + s) y, perLogit = rho/(rho + s), perBackground = 1/(rho
   * + s).
   */
  void softmax(Workspace w, float library, float logSumExp, int n);

  /**
   * Frequency f = softplus(a) and size b = softplus(c) + intercept of bursts, with t = f b + s and
   * E = library y / factor; theta holds v before, mu^2/V after, V = E^2 f b^2 + v + 1e-8:
   *
   * <pre>
   *   mu = library y t, perBackground = 1/t
   *   perLogit = sigmoid(a) b/t, variancePerLogit = sigmoid(a) E^2 b^2 / V
   *   perSizeLogit = sigmoid(c) f/t, variancePerSizeLogit = sigmoid(c) 2 E^2 f b / V
   *   variancePerLogLibrary = 2 E^2 f b^2 / V, variancePerLogTheta = v/V
   * </pre>
   */
  void bursts(Workspace w, float library, BurstSizes sizes, int n);

  /** spread = sigma noise[shift + .], theta = exp(m + spread). */
  void theta(Workspace w, int shift, int n);

  /**
   * Counts x = 0 .. 4 that stand in the small lists. With q = theta/(theta + mu), w = mu/(theta +
   * mu):
   *
   * <pre>
   *   smallLanes = sum of log prod_{k &lt; x} (theta + k) w / (k + 1)
   *   smallTerm  = q sum_{k &lt; x} (mu - k)/(theta + k) = theta (psi(theta + x) - psi(theta)) - x q
   * </pre>
   *
   * the last sum as one fraction N/P, with one division and no cancellation.
   */
  void smallCounts(Workspace w, int n);

  /**
   * Value and term of n whole counts x &gt;= 5, without - log x!; n a multiple of 8. See {@link
   * LargeCounts}.
   */
  void largeCounts(LargeCounts list, int n);

  /**
   * The likelihood, as if x = 0 but for the gradient by mu and thetaTerm. With F = log1p(mu/theta)
   * - w:
   *
   * <pre>
   *   valueLanes = sum of -theta (F + w)
   *   perLogMu = scale q (x - mu), perLogMuLanes its sum
   *   logits = perLogMu perLogit, biasSum += that, backgroundSum += perLogMu perBackground
   *   logThetaSum += e, logSigmaSum += e spread with e = scale (thetaTerm - theta F)
   * </pre>
   *
   * log1p(mu/theta) = -log q, q = 2^k m: for k = 0 the polynomial takes w itself, not 1 - m, so
   * nothing cancels for small mu/theta.
   */
  void likelihood(Workspace w, float scale, int n);

  /**
   * With bursts in place of {@link #likelihood}. With d and e as there, where theta is mu^2/V, so
   * that D = d + 2 e is the gradient by log mu and -e that by log V:
   *
   * <pre>
   *   perLogMu = D - e variancePerLogLibrary, perLogMuLanes its sum, factorLanes that of D
   *   logits = D perLogit - e variancePerLogit, sizeLogits likewise, and their sums
   *   backgroundSum += D perBackground
   *   logThetaSum += g, logSigmaSum += g spread with g = - e variancePerLogTheta
   * </pre>
   */
  void burstLikelihood(Workspace w, float scale, int n);

  /** Softmax: logits and biasSum take -rhoGradient rho. */
  void softmaxGradients(Workspace w, float rhoGradient, int n);

  /** Softmax: rhoLanes = sum of logits, which hold rho dL/drho after {@link #likelihood}. */
  void rhoGradient(Workspace w, int n);

  /** logScalingSum += perLogMu. */
  void scalingGradients(Workspace w, int n);
}
