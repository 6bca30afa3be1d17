package org.regularizedvi.cells;

/**
 * What a value must be to be taken for a count; never negative, NaN or infinite, and at most 2^24.
 */
public enum CountChecks {
  /** Whole numbers only. */
  INTEGERS,
  /** Fractions pass; {@link Counts#fractional()} tells whether there were any. */
  ALLOW_NON_INTEGER
}
