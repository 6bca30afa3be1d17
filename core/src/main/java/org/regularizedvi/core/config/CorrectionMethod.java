package org.regularizedvi.core.config;

/**
 * Says how an observed count x becomes its native part, where a share p of it is expected to be
 * native.
 */
public enum CorrectionMethod {
  /** The native part is x p, which is rarely whole. */
  EXPECTED,
  /** The native part is the most probable number of native counts, floor((x + 1) p). */
  MODE,
  /** The native part is a draw from Binomial(x, p). */
  BINOMIAL
}
