package org.regularizedvi.cells;

/**
 * Says which values are taken for counts; none of them negative, NaN or infinite, or above 2^24.
 */
public enum CountChecks {
  /** Whole numbers pass, and nothing else. */
  INTEGERS,
  /** Fractions pass; {@link Counts#fractional()} tells whether there were any. */
  ALLOW_NON_INTEGER
}
