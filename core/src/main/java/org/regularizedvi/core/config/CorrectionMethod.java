package org.regularizedvi.core.config;

/** What becomes of an observed count of which a share p is expected to be native. */
public enum CorrectionMethod {
  /** x p, which is rarely whole. */
  EXPECTED,
  /** The most probable number of native counts, floor((x + 1) p). */
  MODE,
  /** A draw from Binomial(x, p). */
  BINOMIAL
}
