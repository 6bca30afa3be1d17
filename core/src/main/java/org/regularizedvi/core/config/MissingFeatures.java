package org.regularizedvi.core.config;

/** Says what becomes of features of a model that a file of cells lacks. */
public enum MissingFeatures {
  /** The file is refused. */
  ERROR,
  /** Every cell has a count of zero. */
  ZERO
}
